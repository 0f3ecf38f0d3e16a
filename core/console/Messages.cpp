#include "core/console/Messages.h"

#include "core/console/JsonMembers.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr std::array states {"stopped"_L1, "starting"_L1, "running"_L1, "paused"_L1, "stopping"_L1, "failed"_L1};

// Taken by both directions: `Value` is const for the writer.
void members(auto &visit, auto &value)
    requires std::same_as<std::remove_cvref_t<decltype(value)>, TrafficView>
{
    visit("from"_L1, value.from);
    visit("ok"_L1, value.ok);
    visit("refused"_L1, value.refused);
    visit("limited"_L1, value.limited);
    visit("failed"_L1, value.failed);
    visit("sign_ins"_L1, value.signIns);
    visit("failed_sign_ins"_L1, value.failedSignIns);
    visit("p50"_L1, value.p50);
    visit("p99"_L1, value.p99);
}

void members(auto &visit, auto &value)
    requires std::same_as<std::remove_cvref_t<decltype(value)>, ProblemView>
{
    visit("code"_L1, value.code);
    visit("detail"_L1, value.detail);
    visit("since"_L1, value.since);
    visit("down"_L1, value.down);
}

void members(auto &visit, auto &value)
    requires std::same_as<std::remove_cvref_t<decltype(value)>, SessionView>
{
    visit("id"_L1, value.id);
    visit("user_id"_L1, value.userId);
    visit("email"_L1, value.email);
    visit("device"_L1, value.userAgent); // as the HTTP API has it
    visit("device_name"_L1, value.device);
    visit("address"_L1, value.address);
    visit("method"_L1, value.method);
    visit("opened_at"_L1, value.openedAt);
    visit("last_seen_at"_L1, value.lastSeenAt);
    visit("expires_at"_L1, value.expiresAt);
    visit("generation"_L1, value.generation);
    visit("grace_hits"_L1, value.graceHits);
    visit("ended_at"_L1, value.endedAt);
    visit("end_reason"_L1, value.endReason);
    visit("last_address"_L1, value.lastAddress);
}

void members(auto &visit, auto &value)
    requires std::same_as<std::remove_cvref_t<decltype(value)>, UserView>
{
    visit("id"_L1, value.id);
    visit("email"_L1, value.email);
    visit("name"_L1, value.name);
    visit("roles"_L1, value.roles);
    visit("disabled"_L1, value.disabled);
    visit("email_verified"_L1, value.emailVerified);
    visit("created_at"_L1, value.createdAt);
    visit("last_sign_in_at"_L1, value.lastSignInAt);
    visit("password_scheme"_L1, value.passwordScheme);
}

void members(auto &visit, auto &value)
    requires std::same_as<std::remove_cvref_t<decltype(value)>, RuleView>
{
    visit("name"_L1, value.name);
    visit("applies_to"_L1, value.appliesTo);
    visit("key"_L1, value.key);
    visit("amount"_L1, value.amount);
    visit("period"_L1, value.period);
    visit("burst"_L1, value.burst);
    visit("enabled"_L1, value.enabled);
    visit("allowed"_L1, value.allowed);
    visit("denied"_L1, value.denied);
    visit("denied_history"_L1, value.deniedHistory);
}

void members(auto &visit, auto &value)
    requires std::same_as<std::remove_cvref_t<decltype(value)>, LimitPoint>
{
    visit("from"_L1, value.from);
    visit("allowed"_L1, value.allowed);
    visit("denied"_L1, value.denied);
}

void members(auto &visit, auto &value)
    requires std::same_as<std::remove_cvref_t<decltype(value)>, LimitedView>
{
    visit("rule"_L1, value.rule);
    visit("key"_L1, value.key);
    visit("since"_L1, value.since);
    visit("until"_L1, value.until);
    visit("denials"_L1, value.denials);
}

void members(auto &visit, auto &value)
    requires std::same_as<std::remove_cvref_t<decltype(value)>, KeyView>
{
    visit("kid"_L1, value.kid);
    visit("purpose"_L1, value.purpose);
    visit("algorithm"_L1, value.algorithm);
    visit("state"_L1, value.state);
    visit("created_at"_L1, value.createdAt);
    visit("activated_at"_L1, value.activatedAt);
    visit("retired_at"_L1, value.retiredAt);
    visit("verify_until"_L1, value.verifyUntil);
    visit("sessions"_L1, value.sessions);
}

void members(auto &visit, auto &value)
    requires std::same_as<std::remove_cvref_t<decltype(value)>, SettingView>
{
    visit("key"_L1, value.key);
    visit("value"_L1, value.value);
    visit("default"_L1, value.defaultValue);
    visit("source"_L1, value.source);
    visit("source_name"_L1, value.sourceName);
    visit("text"_L1, value.text);
}

void members(auto &visit, auto &value)
    requires std::same_as<std::remove_cvref_t<decltype(value)>, SessionFilter>
{
    visit("text"_L1, value.text);
    visit("user"_L1, value.user);
    visit("ended"_L1, value.ended);
}

void members(auto &visit, auto &value)
    requires std::same_as<std::remove_cvref_t<decltype(value)>, SessionCounts>
{
    visit("sessions"_L1, value.sessions);
    visit("live"_L1, value.live);
    visit("users"_L1, value.users);
}

void members(auto &visit, auto &value)
    requires std::same_as<std::remove_cvref_t<decltype(value)>, NewUser>
{
    visit("email"_L1, value.email);
    visit("name"_L1, value.name);
    visit("password"_L1, value.password);
    visit("roles"_L1, value.roles);
    visit("password_hash"_L1, value.passwordHash);
}

void members(auto &visit, auto &value)
    requires std::same_as<std::remove_cvref_t<decltype(value)>, UserEdit>
{
    visit("email"_L1, value.email);
    visit("name"_L1, value.name);
    visit("roles"_L1, value.roles);
    visit("add_roles"_L1, value.addRoles);
    visit("remove_roles"_L1, value.removeRoles);
}

void members(auto &visit, auto &value)
    requires std::same_as<std::remove_cvref_t<decltype(value)>, ImportedUser>
{
    visit("line"_L1, value.line);
    visit("id"_L1, value.id);
    visit("email"_L1, value.email);
    visit("name"_L1, value.name);
    visit("roles"_L1, value.roles);
    visit("password_hash"_L1, value.passwordHash);
    visit("disabled"_L1, value.disabled);
    visit("email_verified"_L1, value.emailVerified);
    visit("created_at"_L1, value.createdAt);
}

void members(auto &visit, auto &value)
    requires std::same_as<std::remove_cvref_t<decltype(value)>, ImportOptions>
{
    visit("skip_existing"_L1, value.skipExisting);
    visit("dry_run"_L1, value.dryRun);
}

void members(auto &visit, auto &value)
    requires std::same_as<std::remove_cvref_t<decltype(value)>, UserImportFault>
{
    visit("line"_L1, value.line);
    visit("field"_L1, value.field);
    visit("message"_L1, value.message);
}

void members(auto &visit, auto &value)
    requires std::same_as<std::remove_cvref_t<decltype(value)>, SkippedUser>
{
    visit("line"_L1, value.line);
    visit("id"_L1, value.id);
}

void members(auto &visit, auto &value)
    requires std::same_as<std::remove_cvref_t<decltype(value)>, UsersImported>
{
    visit("count"_L1, value.count);
}

void members(auto &visit, auto &value)
    requires std::same_as<std::remove_cvref_t<decltype(value)>, SessionGone>
{
    visit("id"_L1, value.id);
    visit("reason"_L1, value.reason);
    visit("at"_L1, value.at);
}

void members(auto &visit, auto &value)
    requires std::same_as<std::remove_cvref_t<decltype(value)>, UserGone>
{
    visit("id"_L1, value.id);
}

void members(auto &visit, auto &value)
    requires std::same_as<std::remove_cvref_t<decltype(value)>, UserSignedIn>
{
    visit("id"_L1, value.id);
    visit("at"_L1, value.at);
}

void members(auto &visit, auto &value)
    requires std::same_as<std::remove_cvref_t<decltype(value)>, Alarm>
{
    visit("at"_L1, value.at);
    visit("type"_L1, value.type);
    visit("session_id"_L1, value.sessionId);
    visit("user_id"_L1, value.userId);
    visit("email"_L1, value.email);
    visit("address"_L1, value.address);
    visit("opened_from"_L1, value.openedFrom);
    visit("count"_L1, value.count);
}

template <typename T>
QJsonObject written(const T &value)
{
    JsonWriter writer;
    members(writer, value);
    return writer.object();
}

template <typename T>
void read(const QJsonValue &json, T &value)
{
    const JsonReader reader(json);
    members(reader, value);
}

template <typename T>
T readAs(const QJsonValue &json)
{
    T value {};
    read(json, value);
    return value;
}

QJsonObject tagged(QLatin1StringView kind, QJsonObject object)
{
    object.insert("change"_L1, kind);
    return object;
}

struct ChangeWriter
{
    QJsonObject operator()(const SessionView &view) const { return tagged("session"_L1, written(view)); }
    QJsonObject operator()(const SessionGone &gone) const { return tagged("session_gone"_L1, written(gone)); }
    QJsonObject operator()(const UserView &view) const { return tagged("user"_L1, written(view)); }
    QJsonObject operator()(const UserGone &gone) const { return tagged("user_gone"_L1, written(gone)); }
    QJsonObject operator()(const UsersImported &imported) const { return tagged("users_imported"_L1, written(imported)); }
    QJsonObject operator()(const UserSignedIn &seen) const { return tagged("user_signed_in"_L1, written(seen)); }
    QJsonObject operator()(const KeysChanged &) const { return tagged("keys"_L1, {}); }
    QJsonObject operator()(const ServerChanged &changed) const { return tagged("server"_L1, toJson(changed.server).toObject()); }
    QJsonObject operator()(const Alarm &alarm) const { return tagged("alarm"_L1, written(alarm)); }
};

Change changeFrom(const QJsonValue &json)
{
    const QString kind = json["change"_L1].toString();
    if (kind == "session"_L1)
        return readAs<SessionView>(json);
    if (kind == "session_gone"_L1)
        return readAs<SessionGone>(json);
    if (kind == "user"_L1)
        return readAs<UserView>(json);
    if (kind == "user_gone"_L1)
        return readAs<UserGone>(json);
    if (kind == "users_imported"_L1)
        return readAs<UsersImported>(json);
    if (kind == "user_signed_in"_L1)
        return readAs<UserSignedIn>(json);
    if (kind == "server"_L1) {
        ServerChanged changed;
        fromJson(json, changed.server);
        return changed;
    }
    return kind == "alarm"_L1 ? Change(readAs<Alarm>(json)) : Change(KeysChanged {});
}

} // namespace

QJsonValue toJson(int value) { return value; }
QJsonValue toJson(const QString &value) { return value; }
QJsonValue toJson(const TrafficView &view) { return written(view); }
QJsonValue toJson(const SessionView &view) { return written(view); }
QJsonValue toJson(const UserView &view) { return written(view); }
QJsonValue toJson(const RuleView &view) { return written(view); }
QJsonValue toJson(const LimitPoint &point) { return written(point); }
QJsonValue toJson(const LimitedView &view) { return written(view); }
QJsonValue toJson(const KeyView &view) { return written(view); }
QJsonValue toJson(const SettingView &view) { return written(view); }
QJsonValue toJson(const SessionFilter &filter) { return written(filter); }
QJsonValue toJson(const NewUser &user) { return written(user); }
QJsonValue toJson(const UserEdit &edit) { return written(edit); }
QJsonValue toJson(const ImportedUser &user) { return written(user); }
QJsonValue toJson(const ImportOptions &options) { return written(options); }
QJsonValue toJson(const UserImportFault &fault) { return written(fault); }
QJsonValue toJson(const SkippedUser &skipped) { return written(skipped); }
QJsonValue toJson(const SessionCounts &counts) { return written(counts); }
QJsonValue toJson(qint64 value) { return value; }

void fromJson(const QJsonValue &json, int &value) { value = json.toInt(); }
void fromJson(const QJsonValue &json, QString &value) { value = json.toString(); }
void fromJson(const QJsonValue &json, TrafficView &view) { read(json, view); }
void fromJson(const QJsonValue &json, SessionView &view) { read(json, view); }
void fromJson(const QJsonValue &json, UserView &view) { read(json, view); }
void fromJson(const QJsonValue &json, RuleView &view) { read(json, view); }
void fromJson(const QJsonValue &json, LimitPoint &point) { read(json, point); }
void fromJson(const QJsonValue &json, LimitedView &view) { read(json, view); }
void fromJson(const QJsonValue &json, KeyView &view) { read(json, view); }
void fromJson(const QJsonValue &json, SettingView &view) { read(json, view); }
void fromJson(const QJsonValue &json, SessionFilter &filter) { read(json, filter); }
void fromJson(const QJsonValue &json, NewUser &user) { read(json, user); }
void fromJson(const QJsonValue &json, UserEdit &edit) { read(json, edit); }
void fromJson(const QJsonValue &json, ImportedUser &user) { read(json, user); }
void fromJson(const QJsonValue &json, ImportOptions &options) { read(json, options); }
void fromJson(const QJsonValue &json, UserImportFault &fault) { read(json, fault); }
void fromJson(const QJsonValue &json, SkippedUser &skipped) { read(json, skipped); }

QJsonValue toJson(const UserImport &import)
{
    return QJsonObject {{u"added"_s, import.added},
                        {u"skipped"_s, toJson(import.skipped)},
                        {u"faults"_s, toJson(import.faults)},
                        {u"more_faults"_s, import.moreFaults}};
}

void fromJson(const QJsonValue &json, UserImport &import)
{
    import.added = json["added"_L1].toInteger();
    fromJson(json["skipped"_L1], import.skipped);
    fromJson(json["faults"_L1], import.faults);
    import.moreFaults = json["more_faults"_L1].toInteger();
}
void fromJson(const QJsonValue &json, SessionCounts &counts) { read(json, counts); }
void fromJson(const QJsonValue &json, qint64 &value) { value = json.toInteger(); }

QJsonValue toJson(const ServerView &view)
{
    QJsonObject object {{u"state"_s, states.at(size_t(view.state))},
                        {u"url"_s, view.url},
                        {u"addresses"_s, QJsonArray::fromStringList(view.addresses)},
                        {u"problem"_s, view.problem},
                        {u"version"_s, view.version},
                        {u"data_directory"_s, view.dataDirectory},
                        {u"started_at"_s, toText(view.startedAt)},
                        {u"connections"_s, view.connections},
                        {u"configured"_s, QJsonArray::fromStringList(view.configured)},
                        {u"running_for"_s, qint64(view.runningFor.count())}};
    if (view.certificateUntil)
        object.insert(u"certificate_until"_s, toText(*view.certificateUntil));
    QJsonArray problems;
    for (const ProblemView &problem : view.problems)
        problems.append(written(problem));
    object.insert(u"problems"_s, problems);
    return object;
}

void fromJson(const QJsonValue &json, ServerView &view)
{
    const auto state = std::ranges::find(states, json["state"_L1].toString());
    view = {.state = state == states.end() ? ServerState::Stopped : ServerState(state - states.begin()),
            .url = json["url"_L1].toString(),
            .addresses = json["addresses"_L1].toVariant().toStringList(),
            .configured = json["configured"_L1].toVariant().toStringList(),
            .runningFor = Seconds {json["running_for"_L1].toInteger()},
            .problem = json["problem"_L1].toString(),
            .version = json["version"_L1].toString(),
            .dataDirectory = json["data_directory"_L1].toString(),
            .startedAt = timeFromJson(json["started_at"_L1]),
            .connections = json["connections"_L1].toInt(),
            .certificateUntil = {}};
    if (const QJsonValue until = json["certificate_until"_L1]; !until.isUndefined())
        view.certificateUntil = timeFromJson(until);
    for (const auto &problem : json["problems"_L1].toArray())
        read(problem, view.problems.emplaceBack());
}

QJsonValue toJson(const OverviewView &view)
{
    return QJsonObject {{u"server"_s, toJson(view.server)},
                        {u"live_sessions"_s, view.liveSessions},
                        {u"users"_s, view.users},
                        {u"sign_ins_today"_s, view.signInsToday},
                        {u"failed_sign_ins_today"_s, view.failedSignInsToday},
                        {u"limited_now"_s, view.limitedNow},
                        {u"signing_key_since"_s, toText(view.signingKeySince)},
                        {u"requests_per_second"_s, view.requestsPerSecond}};
}

void fromJson(const QJsonValue &json, OverviewView &view)
{
    fromJson(json["server"_L1], view.server);
    view.liveSessions = json["live_sessions"_L1].toInteger();
    view.users = json["users"_L1].toInteger();
    view.signInsToday = json["sign_ins_today"_L1].toInteger();
    view.failedSignInsToday = json["failed_sign_ins_today"_L1].toInteger();
    view.limitedNow = json["limited_now"_L1].toInteger();
    view.signingKeySince = timeFromJson(json["signing_key_since"_L1]);
    view.requestsPerSecond = json["requests_per_second"_L1].toDouble();
}

QJsonValue toJson(const Changes &changes)
{
    QJsonArray list;
    for (const Change &change : changes.changes)
        list.append(std::visit(ChangeWriter {}, change));
    return QJsonObject {{u"position"_s, qint64(changes.position)}, {u"missed_some"_s, changes.missedSome}, {u"changes"_s, list}};
}

void fromJson(const QJsonValue &json, Changes &changes)
{
    changes = {.position = quint64(json["position"_L1].toInteger()), .missedSome = json["missed_some"_L1].toBool(), .changes = {}};
    for (const auto &one : json["changes"_L1].toArray())
        changes.changes += changeFrom(one);
}

QJsonObject toJson(const Error &error)
{
    QJsonArray faults;
    for (const Fault &fault : error.faults)
        faults.append(QJsonObject {{u"type"_s, fault.type},
                                   {u"field"_s, fault.location.isEmpty() ? QJsonValue() : fault.location.last()},
                                   {u"message"_s, fault.message}});
    return {{u"code"_s, nameOf(error.code)},
            {u"detail"_s, error.detail},
            {u"retry_after"_s, qint64(error.retryAfter.count())},
            {u"faults"_s, faults}};
}

Error errorFromJson(const QJsonObject &json)
{
    Error error {.code = errorCodeFromName(json.value("code"_L1).toString()),
                 .detail = json.value("detail"_L1).toString(),
                 .faults = {},
                 .retryAfter = Seconds {json.value("retry_after"_L1).toInteger()}};
    for (const auto &fault : json.value("faults"_L1).toArray())
        error.faults += Fault {
            .type = fault["type"_L1].toString(), .location = {u"body"_s, fault["field"_L1]}, .message = fault["message"_L1].toString()};
    return error;
}

} // namespace warder
