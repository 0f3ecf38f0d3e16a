#include "ui/overview/first/FirstChoices.h"

#include "ui/overview/Reach.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

namespace first_keys {
const QString listen = u"http.listen"_s;
const QString proxies = u"http.trusted_proxies"_s;
const QString certificate = u"http.tls_certificate"_s;
const QString certificateKey = u"http.tls_key"_s;
const QString issuer = u"tokens.issuer"_s;
const QString origins = u"http.allowed_origins"_s;
const QString linkBase = u"mail.link_base"_s;
const QString transport = u"mail.transport"_s;
const QString mailHost = u"mail.smtp_host"_s;
const QString mailUser = u"mail.smtp_user"_s;
const QString mailPassword = u"mail.smtp_password"_s;
const QString mailAuth = u"mail.smtp_auth"_s;
const QString mailFrom = u"mail.from"_s;
} // namespace first_keys

bool isHereOnly(const QString &places) { return std::ranges::all_of(reach::itemsOf(places), reach::isLocal); }

QStringList neededFor(FirstAnswer answer)
{
    switch (answer) {
    case FirstAnswer::ThisComputer:
    case FirstAnswer::MailLater:    return {};
    case FirstAnswer::BehindProxy:  return {first_keys::listen, first_keys::proxies};
    case FirstAnswer::OwnTls:       return {first_keys::listen, first_keys::certificate, first_keys::certificateKey};
    case FirstAnswer::AppAddress:   return {first_keys::origins};
    case FirstAnswer::MailServer:   return {first_keys::mailHost, first_keys::mailFrom};
    }
    Q_UNREACHABLE_RETURN({});
}

QList<SettingChoice> asTyped(const QStringList &keys, const first_choices::Values &values)
{
    QList<SettingChoice> choices;
    for (const QString &key : keys) {
        if (values.contains(key))
            choices += SettingChoice {.key = key, .value = values.value(key)};
    }
    return choices;
}

/// Links in mails lead to the first page.
QList<SettingChoice> ofPages(const first_choices::Values &values)
{
    const QStringList pages = reach::itemsOf(values.value(first_keys::origins));
    QList<SettingChoice> choices {{.key = first_keys::origins, .value = pages.join(u',')}};
    if (!pages.isEmpty() && pages.first().startsWith("http"_L1))
        choices += SettingChoice {.key = first_keys::linkBase, .value = pages.first()};
    return choices;
}

QList<SettingChoice> ofMailServer(const first_choices::Values &values)
{
    QList<SettingChoice> choices = asTyped(first_choices::fieldsOf(FirstAnswer::MailServer), values);
    choices += SettingChoice {.key = first_keys::transport, .value = u"smtp"_s};
    if (values.value(first_keys::mailUser).isEmpty())
        choices += SettingChoice {.key = first_keys::mailAuth, .value = u"none"_s};
    else if (values.value(first_keys::mailAuth) == "none"_L1)
        choices += SettingChoice {.key = first_keys::mailAuth, .value = u"password"_s};
    return choices;
}

} // namespace

QStringList first_choices::fieldsOf(FirstAnswer answer)
{
    switch (answer) {
    case FirstAnswer::ThisComputer:
    case FirstAnswer::MailLater:    return {};
    case FirstAnswer::BehindProxy:  return {first_keys::listen, first_keys::proxies, first_keys::issuer};
    case FirstAnswer::OwnTls:       return {first_keys::listen, first_keys::certificate, first_keys::certificateKey, first_keys::issuer};
    case FirstAnswer::AppAddress:   return {first_keys::origins};
    case FirstAnswer::MailServer:   return {first_keys::mailHost, first_keys::mailUser, first_keys::mailPassword, first_keys::mailFrom};
    }
    Q_UNREACHABLE_RETURN({});
}

QString first_choices::suggestionFor(FirstAnswer answer, const QString &key, const QString &now)
{
    if (answer == FirstAnswer::OwnTls && key == first_keys::listen && isHereOnly(now)) {
        const QString port = reach::itemsOf(now).value(0).section(u':', -1);
        return u"0.0.0.0:"_s + (port.toUShort() > 0 ? port : u"8000"_s);
    }
    return answer == FirstAnswer::BehindProxy && key == first_keys::proxies && now.isEmpty() ? u"127.0.0.1,::1"_s : now;
}

QStringList first_choices::missingIn(FirstAnswer answer, const Values &values)
{
    QStringList missing = neededFor(answer);
    missing.removeIf([&values](const QString &key) { return !values.value(key).isEmpty(); });
    return missing;
}

QList<SettingChoice> first_choices::of(FirstAnswer answer, const Values &values)
{
    QList<SettingChoice> choices;
    switch (answer) {
    case FirstAnswer::ThisComputer:
        if (!isHereOnly(values.value(first_keys::listen)))
            choices += SettingChoice {.key = first_keys::listen};
        if (!values.value(first_keys::proxies).isEmpty())
            choices += SettingChoice {.key = first_keys::proxies};
        return choices;
    case FirstAnswer::BehindProxy:
    case FirstAnswer::OwnTls:      return asTyped(fieldsOf(answer), values);
    case FirstAnswer::AppAddress:  return ofPages(values);
    case FirstAnswer::MailLater:
        if (values.value(first_keys::transport) == "smtp"_L1)
            choices += SettingChoice {.key = first_keys::transport, .value = u"file"_s};
        return choices;
    case FirstAnswer::MailServer: return ofMailServer(values);
    }
    Q_UNREACHABLE_RETURN({});
}

FirstAnswer first_choices::reachIn(const Values &values)
{
    if (!values.value(first_keys::proxies).isEmpty())
        return FirstAnswer::BehindProxy;
    const bool isForOthers = !values.value(first_keys::certificate).isEmpty() || !isHereOnly(values.value(first_keys::listen));
    return isForOthers ? FirstAnswer::OwnTls : FirstAnswer::ThisComputer;
}

FirstAnswer first_choices::mailIn(const Values &values)
{
    return values.value(first_keys::transport) == "smtp"_L1 ? FirstAnswer::MailServer : FirstAnswer::MailLater;
}

} // namespace warder
