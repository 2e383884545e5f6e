# The image holds the released program and the certificates that it checks servers by; goreleaser makes it.
FROM alpine:3 AS certificates
RUN apk add --no-cache ca-certificates

FROM scratch
ARG TARGETPLATFORM
COPY --from=certificates /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY $TARGETPLATFORM/unleash-invite /unleash-invite
USER 65534:65534
ENTRYPOINT ["/unleash-invite"]
