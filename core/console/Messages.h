#pragma once

#include "core/base/Result.h"
#include "core/console/Console.h"

#include <QJsonArray>
#include <QJsonObject>

namespace warder {

/// Every view as JSON and back: what crosses the local socket and what `--json` prints. Ids are texts, times RFC 3339 texts as the
/// HTTP API has them, absent values are left out. fromJson() takes what toJson() made; members of another form become default values. Pure.
QJsonValue toJson(int value);
QJsonValue toJson(const QString &value);
QJsonValue toJson(const ServerView &view);
QJsonValue toJson(const OverviewView &view);
QJsonValue toJson(const TrafficView &view);
QJsonValue toJson(const SessionView &view);
QJsonValue toJson(const UserView &view);
QJsonValue toJson(const RuleView &view);
QJsonValue toJson(const LimitPoint &point);
QJsonValue toJson(const LimitedView &view);
QJsonValue toJson(const KeyView &view);
QJsonValue toJson(const SettingView &view);
QJsonValue toJson(const Changes &changes);
QJsonValue toJson(const SessionFilter &filter);
QJsonValue toJson(const SessionCounts &counts);
QJsonValue toJson(qint64 value);
QJsonValue toJson(const NewUser &user);
QJsonValue toJson(const UserEdit &edit);
QJsonValue toJson(const ImportedUser &user);
QJsonValue toJson(const ImportOptions &options);
QJsonValue toJson(const UserImportFault &fault);
QJsonValue toJson(const SkippedUser &skipped);
QJsonValue toJson(const UserImport &import);
QJsonObject toJson(const Error &error);

void fromJson(const QJsonValue &json, int &value);
void fromJson(const QJsonValue &json, QString &value);
void fromJson(const QJsonValue &json, ServerView &view);
void fromJson(const QJsonValue &json, OverviewView &view);
void fromJson(const QJsonValue &json, TrafficView &view);
void fromJson(const QJsonValue &json, SessionView &view);
void fromJson(const QJsonValue &json, UserView &view);
void fromJson(const QJsonValue &json, RuleView &view);
void fromJson(const QJsonValue &json, LimitPoint &point);
void fromJson(const QJsonValue &json, LimitedView &view);
void fromJson(const QJsonValue &json, KeyView &view);
void fromJson(const QJsonValue &json, SettingView &view);
void fromJson(const QJsonValue &json, Changes &changes);
void fromJson(const QJsonValue &json, SessionFilter &filter);
void fromJson(const QJsonValue &json, SessionCounts &counts);
void fromJson(const QJsonValue &json, qint64 &value);
void fromJson(const QJsonValue &json, NewUser &user);
void fromJson(const QJsonValue &json, UserEdit &edit);
void fromJson(const QJsonValue &json, ImportedUser &user);
void fromJson(const QJsonValue &json, ImportOptions &options);
void fromJson(const QJsonValue &json, UserImportFault &fault);
void fromJson(const QJsonValue &json, SkippedUser &skipped);
void fromJson(const QJsonValue &json, UserImport &import);
Error errorFromJson(const QJsonObject &json);

template <typename T>
QJsonValue toJson(const QList<T> &list)
{
    QJsonArray array;
    for (const T &one : list)
        array.append(toJson(one));
    return array;
}

template <typename T>
void fromJson(const QJsonValue &json, QList<T> &list)
{
    list.clear();
    for (const auto &one : json.toArray()) {
        T value {};
        fromJson(one, value);
        list.append(value);
    }
}

template <typename T>
QJsonValue toJson(const PageOf<T> &page)
{
    return QJsonObject {{QStringLiteral("rows"), toJson(page.rows)},
                        {QStringLiteral("next"), page.next},
                        {QStringLiteral("position"), qint64(page.position)}};
}

template <typename T>
void fromJson(const QJsonValue &json, PageOf<T> &page)
{
    fromJson(json[QStringLiteral("rows")], page.rows);
    page.next = json[QStringLiteral("next")].toString();
    page.position = quint64(json[QStringLiteral("position")].toInteger());
}

} // namespace warder
