#pragma once

#include <QString>

/// What would be right instead of a text or an item of a list; empty if it is right. For the table of settings only.
namespace warder::setting_faults {

/// Names of a company's own network have underscores, too.
constexpr QStringView hostName = u"[a-z0-9_]([a-z0-9._-]*[a-z0-9_])?";

QString ofListenPoint(const QString &item);
QString ofOrigin(const QString &item);
QString ofSubnet(const QString &item);
QString ofIssuer(const QString &text);
QString ofOutboundUrl(const QString &text);
QString ofMailHost(const QString &text);
QString ofMailAddress(const QString &text);
QString ofLinkBase(const QString &text);
QString ofRpId(const QString &text);
QString ofPasskeyOrigin(const QString &item);
QString ofFrontend(const QString &text);

} // namespace warder::setting_faults
