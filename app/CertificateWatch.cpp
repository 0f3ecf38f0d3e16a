#include "app/CertificateWatch.h"

#include "app/RunState.h"
#include "core/assembly/Core.h"
#include "core/config/ServerUrl.h"
#include "core/telemetry/HealthChecks.h"
#include "core/telemetry/Log.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

bool isGood(const CertificateSpan &span, TimePoint now)
{
    using enum health_checks::Validity;
    const auto found = health_checks::validity(span.from, span.until, now);
    return found == Good || found == EndsSoon;
}

} // namespace

Result<LoadedCertificate> CertificateWatch::load(const Settings &settings, bool listens) const
{
    LoadedCertificate loaded;
    if (!servesTls(settings))
        return loaded;
    const QString file = settings.get<"http.tls_certificate">();
    loaded.files.emplace(file, settings.get<"http.tls_key">());
    auto context = loaded.files->load();
    if (!context)
        return refused(context);
    loaded.span = CertificateSpan {.from = (*context)->notBefore(), .until = (*context)->notAfter()};
    if (!mayReplace(*loaded.span, listens)) {
        const QString why = u"the certificate in %1 is expired or not valid yet: the former one serves on"_s.arg(file);
        return refused(ErrorCode::CertificateInvalid, why);
    }
    loaded.tls = std::move(*context);
    return loaded;
}

/// At a start an expired one is better than none: who does not look at it is served, and a renewed one is taken as soon as it is there.
bool CertificateWatch::mayReplace(const CertificateSpan &next, bool listens) const
{
    const TimePoint now = m_core.clock.now();
    const auto former = m_state.snapshot().certificate;
    const bool hasGoodOne = former && now >= former->from && now < former->until;
    return !listens || !hasGoodOne || isGood(next, now);
}

void CertificateWatch::use(LoadedCertificate loaded)
{
    m_files = std::move(loaded.files);
    m_state.setCertificate(loaded.span);
    tellHealth();
}

bool CertificateWatch::isRenewed() const { return m_files && m_files->haveChanged(); }

void CertificateWatch::noteRenewal(const Result<void> &renewed)
{
    const QString why = renewed ? QString() : renewed.error().detail;
    if (renewed)
        log(LogLevel::Info, "certificate_renewed"_L1);
    else if (why != m_whyKept) // it may be half written: the next look may find it whole
        log(LogLevel::Warning, "certificate_kept"_L1, {{"why"_L1, why}});
    m_whyKept = why;
}

void CertificateWatch::tellHealth() const
{
    using enum health_checks::Validity;
    const TimePoint now = m_core.clock.now();
    const auto certificate = m_state.snapshot().certificate;
    const auto [from, until] = certificate.value_or(CertificateSpan());
    const auto found = certificate ? health_checks::validity(from, until, now) : Good;
    const auto note = [&](health_checks::Validity kind, const QString &code, const QString &words, TimePoint when) {
        m_core.health.note(found == kind, {.code = code, .detail = words.arg(toText(when))}, now);
    };
    note(EndsSoon, u"certificate_expires"_s, u"the certificate is valid until %1: renew it"_s, until);
    note(Over, u"certificate_expired"_s, u"the certificate expired at %1: clients turn away. Renew it"_s, until);
    note(NotYet, u"certificate_not_valid_yet"_s,
         u"the certificate is valid from %1 on: clients turn away. Wait, or set this machine's clock right"_s, from);
}

} // namespace warder
