"""The registry of field types. Adding a type is one class and one line here."""

from portal.core.registry import Registry
from procedures.formschema.types.addresses import AddressType
from procedures.formschema.types.base import FieldType
from procedures.formschema.types.choosing import (
    BooleanType,
    ChoicesType,
    ChoiceType,
    DeclarationType,
)
from procedures.formschema.types.dates import DateType, PartialDateType, TimeType
from procedures.formschema.types.identity import NationalIdType, TaxCodeType
from procedures.formschema.types.identity_documents import IdentityDocumentType
from procedures.formschema.types.numbers import DecimalType, IntegerType, MoneyType
from procedures.formschema.types.people import EthnicityType, NationalityType, PersonNameType
from procedures.formschema.types.silent import FileType, GroupType, NoteType
from procedures.formschema.types.texts import EmailType, ParagraphType, PhoneType, TextType

field_types: Registry[FieldType] = Registry("field types")
for field_type in (
    TextType(), ParagraphType(), IntegerType(), DecimalType(), MoneyType(), DateType(), PartialDateType(),
    TimeType(), ChoiceType(), ChoicesType(), BooleanType(), DeclarationType(), PersonNameType(),
    IdentityDocumentType(), NationalIdType(), PhoneType(), EmailType(), AddressType(), EthnicityType(),
    NationalityType(), TaxCodeType(), FileType(), GroupType(), NoteType(),
):  # fmt: skip
    field_types.register(field_type.name, field_type)
