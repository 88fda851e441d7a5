"""VNPAY 2.1.0: redirect, server message (IPN), querydr and refund.

Source: sandbox.vnpayment.vn/apis/docs (thanh-toan-pay, truy-van-hoan-tien-querydr-refund); checked against npm
package vnpay 2.5.0, see tests/payments/gateways/vnpay_vectors.json.
"""
