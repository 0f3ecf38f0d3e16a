#pragma once

#include <QString>

/// What would be right instead of a text or an item of a list; empty if it is right. For the table of settings only.
namespace warder::setting_faults {

QString ofListenPoint(const QString &item);
QString ofFileMode(const QString &text);
QString ofGroup(const QString &text);
QString ofFilePath(const QString &text);
QString ofHost(const QString &item);
QString ofOrigin(const QString &item);
QString ofSubnet(const QString &item);
QString ofBasePath(const QString &text);
QString ofCookiePrefix(const QString &text);
QString ofIssuer(const QString &text);
QString ofAudience(const QString &text);
QString ofMetricsToken(const QString &text);

} // namespace warder::setting_faults
