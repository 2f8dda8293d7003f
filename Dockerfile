# One image for every process; docker-compose.yml says which of them a container runs.
# The steps are those of `make run`, by the same scripts.
FROM debian:bookworm-slim

ENV LANG=C.UTF-8 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1

RUN apt-get update -qq \
 && apt-get install -qq -y --no-install-recommends ca-certificates python3 \
 && rm -rf /var/lib/apt/lists/*

WORKDIR /mailroom

# What changes seldom comes first, so that a new version of the code is built in seconds.
COPY install/ install/
RUN install/packages.sh run && rm -rf /var/lib/apt/lists/*
COPY requirements.txt ./
RUN install/venv.sh packages run
COPY pyproject.toml README.md LICENSE ./
COPY mailroom/ mailroom/
COPY scanner/ scanner/
COPY worker/ worker/
COPY review_ui/ review_ui/
RUN install/venv.sh project
RUN install/venv.sh prepared

# An ordinary user, who owns the data and the inbox and nothing else.
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin mailroom \
 && install -d -o mailroom -g mailroom -m 0700 /data \
 && install -d -o mailroom -g mailroom -m 0770 /inbox
USER mailroom

ENV PATH=/mailroom/.venv/bin:$PATH \
    MAILROOM_DATA=/data \
    MAILROOM_INBOX=/inbox
VOLUME ["/data", "/inbox"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["mailroom"]
CMD ["--help"]
