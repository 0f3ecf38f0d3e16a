#pragma once

#include "core/http/gate/TlsContext.h"

#include <tuple>

namespace warder {

/// The files of a TlsContext, and whether they are still those that were loaded. Follows links, as renewals change those. One
/// thread at a time.
class TlsFiles final
{
public:
    TlsFiles(QString certificate, QString key) : m_certificate(std::move(certificate)), m_key(std::move(key)) {}

    /// Loads both. After a refusal haveChanged() stays true: a half-written pair will be whole soon.
    Result<std::shared_ptr<const TlsContext>> load();

    /// Cheap: looks at the files' attributes only.
    bool haveChanged() const;

private:
    /// Modified when, how long, which file.
    using Mark = std::tuple<qint64, qint64, quint64>;
    using Marks = std::pair<Mark, Mark>;

    static Mark markOf(const QString &path);
    Marks marks() const { return {markOf(m_certificate), markOf(m_key)}; }

    QString m_certificate;
    QString m_key;
    Marks m_loaded;
};

} // namespace warder
