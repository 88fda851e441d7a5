# The product in one image: web, worker, beat and the one-time preparation differ by their command only.
FROM python:3.11-slim-bookworm AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements.txt /src/
RUN python -m venv /venv && /venv/bin/pip install --require-hashes --only-binary :all: -r /src/requirements.txt

FROM python:3.11-slim-bookworm
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATA_DIR=/var/lib/motcua
# A fixed number, so that the owner of a volume can be told from outside.
RUN useradd --system --uid 10001 --home-dir /var/lib/motcua motcua \
    && install -d -o motcua -m 0755 /var/lib/motcua \
    && install -d -o motcua -m 0700 /var/lib/motcua/run /var/lib/motcua/files
COPY --from=packages /venv /venv
WORKDIR /app
COPY manage.py ./
COPY script/compile-messages script/
COPY portal portal
COPY procedures procedures
COPY dossiers dossiers
COPY payments payments
COPY onestop onestop
COPY reporting reporting
COPY locale locale
COPY static static
COPY templates templates
RUN python script/compile-messages && python -m compileall -q .
USER motcua
VOLUME /var/lib/motcua
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "-c", "python:portal.gunicorn_conf", "portal.wsgi:application"]
