#pragma once

#include "core/api/FieldDoc.h"
#include "core/base/Error.h"
#include "core/base/Fault.h"

#include <QJsonObject>
#include <QSet>
#include <QString>

namespace warder {

/// Takes the members of a body, or the parameters of a query, one by one and collects every fault, so that a client hears of all at
/// once. Members that nobody asks for are ignored, as FastAPI does by default, unless refuseOthers() is called. What was sent is
/// echoed without its secrets.
///
/// Faults are pydantic's, but values are not bent: of JSON an integer is a number and never "7" or true, and a boolean is true or
/// false. A form's and a query's values are texts; an integer of them is digits with or without a minus, a boolean one of pydantic's words.
class Fields final
{
public:
    /// `isForm`: values are texts, and a missing field echoes null, as FastAPI does.
    explicit Fields(const QJsonObject &body, bool isForm = false) : Fields(body, QStringLiteral("body"), isForm) {}
    static Fields ofQuery(const QJsonObject &query) { return Fields(query, QStringLiteral("query"), true); }

    /// The text, or empty with a fault noted (`missing`, `string_type`).
    QString required(QLatin1StringView name);
    std::optional<QString> optional(QLatin1StringView name);
    /// One of the choices, `fallback` when it is absent or empty.
    QString choice(QLatin1StringView name, const QStringList &choices, const QString &fallback);

    /// The value by the rules of its description, so that nothing has to be said twice. Nothing where it is absent or null and not
    /// required, and with a fault noted (`missing`, `int_type`, `less_than_equal` …) where it is wrong.
    std::optional<QString> text(const FieldDoc &field);
    std::optional<qint64> integer(const FieldDoc &field);
    std::optional<bool> boolean(const FieldDoc &field);
    std::optional<QStringList> texts(const FieldDoc &field);
    std::optional<QJsonObject> object(const FieldDoc &field);

    void add(const QList<Fault> &faults);

    /// Every member that was not asked for is a fault (`extra_forbidden`): for a body whose sender would else believe that it was
    /// heard. The last thing to ask.
    void refuseOthers();

    /// All faults as one refusal, or nothing.
    std::optional<Error> refusal() const;

private:
    Fields(const QJsonObject &members, const QString &place, bool isText);

    std::optional<QJsonValue> member(const QString &name, bool isRequired);
    std::optional<QString> textOf(const QString &name, const QJsonValue &value);
    std::optional<qint64> integerOf(const QString &name, const QJsonValue &value);
    bool hasLength(const FieldDoc &field, qsizetype length, const QJsonValue &value);
    std::nullopt_t fault(const QString &type, const QString &message, const QList<QJsonValue> &at, const std::optional<QJsonValue> &input,
                         const QJsonObject &context = {});

    const QJsonObject &m_members;
    QJsonObject m_echo; ///< The members without passwords and tokens.
    const QString m_place;
    const bool m_isText;
    QSet<QString> m_asked;
    QList<Fault> m_faults;
};

} // namespace warder
