#pragma once

#include "core/base/Result.h"

#include <QJsonObject>
#include <QSet>
#include <QString>

namespace warder {

/// Takes the members of a body one by one and collects every fault, so that a client hears of all at once. Members that
/// nobody asks for are ignored, as FastAPI does by default, unless refuseOthers() is called. What the body holds is echoed without
/// its secrets.
class Fields final
{
public:
    /// `isForm`: a missing field of a form echoes null, as FastAPI does.
    explicit Fields(const QJsonObject &body, bool isForm = false);

    /// The text, or empty with a fault noted (`missing`, `string_type`).
    QString required(QLatin1StringView name);
    std::optional<QString> optional(QLatin1StringView name);
    /// One of the choices, `fallback` when it is absent or empty.
    QString choice(QLatin1StringView name, const QStringList &choices, const QString &fallback);

    void add(const QList<Fault> &faults);

    /// Every member that was not asked for is a fault (`extra_forbidden`): for a body whose sender would else believe that it was
    /// heard. The last thing to ask.
    void refuseOthers();

    /// All faults as one refusal, or nothing.
    std::optional<Error> refusal() const;

private:
    std::optional<QString> text(QLatin1StringView name, const QJsonValue &value);

    const QJsonObject &m_body;
    QJsonObject m_echo; ///< The body without passwords and tokens.
    const bool m_isForm;
    QSet<QString> m_asked;
    QList<Fault> m_faults;
};

} // namespace warder
