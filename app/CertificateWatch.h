#pragma once

#include "app/CertificateSpan.h"
#include "core/base/Result.h"
#include "core/net/gate/TlsContext.h"
#include "core/net/gate/TlsFiles.h"

#include <QString>

#include <memory>
#include <optional>

namespace warder {

class Core;
class RunState;
class Settings;

/// A certificate as its files were at one moment; all empty without TLS.
struct LoadedCertificate
{
    std::optional<TlsFiles> files = {};
    std::shared_ptr<const TlsContext> tls = {};
    std::optional<CertificateSpan> span = {};
};

/// Loads the certificate that a server serves with, notices that its files were renewed, and says in Core::health when it ends. The owner
/// guards it, but for tellHealth().
class CertificateWatch final
{
public:
    /// Both must outlive this. `state` has the certificate that is served with.
    CertificateWatch(Core &core, RunState &state) : m_core(core), m_state(state) {}

    /// The one that the settings name. Refuses as TlsContext::load() does; CertificateInvalid for one that is not good now while the
    /// server `listens` with a good one.
    Result<LoadedCertificate> load(const Settings &settings, bool listens) const;

    /// What load() gave is served with from now on.
    void use(LoadedCertificate loaded);

    /// Whether the files are not those any more that are served with. False without TLS.
    bool isRenewed() const;

    /// What became of a try to serve with the renewed files, for the log: the same refusal is told once.
    void noteRenewal(const Result<void> &renewed);

    /// Sets and clears the health problems of the certificate that is served with. Any thread.
    void tellHealth() const;

private:
    bool mayReplace(const CertificateSpan &next, bool listens) const;

    Core &m_core;
    RunState &m_state;
    std::optional<TlsFiles> m_files;
    QString m_whyKept; ///< Why the newest certificate was not taken; logged once.
};

} // namespace warder
