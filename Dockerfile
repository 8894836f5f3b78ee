# The site behind a TLS proxy; data in the volume /app/var, or in DATABASE_URL. README: "Deploy".

FROM debian:bookworm-slim AS base
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        ca-certificates libgdal32 libgeos-c1v5 libsqlite3-mod-spatialite python3 \
    && apt-get clean && rm -rf /var/lib/apt/lists/*
WORKDIR /app

FROM base AS build
RUN apt-get update && apt-get install -y --no-install-recommends python3-venv
COPY bin/setup bin/setup
COPY pyproject.toml .
RUN bin/setup && .venv/bin/python -m pip uninstall -q -y pip setuptools

FROM base
RUN useradd --system --uid 10001 --no-create-home --home-dir /app epn \
    && install -d -o epn -g epn /app/var
COPY --from=build /app/.venv .venv
COPY . .
USER epn
VOLUME /app/var
ENV HOST=0.0.0.0 PORT=8000 PYTHONUNBUFFERED=1
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD [".venv/bin/python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/sante/', timeout=4)"]
CMD ["sh", "-c", ".venv/bin/python manage.py prepare_site && exec .venv/bin/gunicorn --config epn_directory/serving.py epn_directory.wsgi"]
