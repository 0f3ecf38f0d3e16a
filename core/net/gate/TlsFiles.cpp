#include "core/net/gate/TlsFiles.h"

namespace warder {

TlsFiles::TlsFiles(QString certificateFile, QString keyFile) : m_certificateFile(std::move(certificateFile)), m_keyFile(std::move(keyFile))
{}

TlsFiles::Versions TlsFiles::versions() const
{
    const auto versionOf = [](const platform::FileStatus &status) { return status.version; };
    return {platform::statusOf(m_certificateFile).transform(versionOf), platform::statusOf(m_keyFile).transform(versionOf)};
}

bool TlsFiles::haveChanged() const { return m_seen != versions(); }

Result<std::shared_ptr<const TlsContext>> TlsFiles::load()
{
    const Versions before = versions(); // what changes while we read must count as a change
    auto loaded = TlsContext::load(m_certificateFile, m_keyFile);
    if (loaded)
        m_seen = before;
    return loaded;
}

} // namespace warder
