# The program alone, and the certificates to check servers by. .ci/pack lays both beside this file.
FROM scratch
ARG TARGETPLATFORM
COPY ca-certificates.crt /etc/ssl/certs/
COPY $TARGETPLATFORM/unleash-invite /unleash-invite
USER 65534:65534
ENTRYPOINT ["/unleash-invite"]
