#pragma once

#include "ui/overview/Fixes.h"

#include <optional>

namespace warder {

/// The values of the settings by their keys.
class SettingValues final
{
public:
    explicit SettingValues(const QList<SettingView> &settings) : m_settings(settings) {}

    /// Empty as well where nobody knows.
    QString of(QLatin1StringView key) const;
    bool isKnown(QLatin1StringView key) const;
    bool isOn(QLatin1StringView key) const { return of(key) == QLatin1StringView("true"); }
    /// Of a duration: its value is known, and is never.
    bool isNever(QLatin1StringView key) const;
    /// The server is for more than this machine, as its settings say: in development everything is on one.
    bool isForOthers() const;

private:
    const QList<SettingView> &m_settings;
};

/// The checks behind Fixes, each of which finds one thing or nothing. Pure; GUI thread, for their words.
namespace fix_checks {

using Check = std::optional<Fix> (*)(const FixFacts &);

/// A button that leads to this setting.
Fix leadingToSetting(Tone tone, QLatin1StringView key, const QString &text, const QString &tip = {});
Fix leadingToKeys(Tone tone, const QString &text, const QString &tip);

// How the server is reached: FixesOfNetwork.cpp
std::optional<Fix> ofPlainHttp(const FixFacts &facts);
std::optional<Fix> ofProxiesAnywhere(const FixFacts &facts);
std::optional<Fix> ofInsecureCookies(const FixFacts &facts);
std::optional<Fix> ofMissingLimits(const FixFacts &facts);
std::optional<Fix> ofMissingBackoff(const FixFacts &facts);
std::optional<Fix> ofDefaultIssuer(const FixFacts &facts);

// Who signs in, and how: FixesOfAccounts.cpp
std::optional<Fix> ofAdmins(const FixFacts &facts);
std::optional<Fix> ofOnlyAdmin(const FixFacts &facts);
std::optional<Fix> ofOtherHosts(const FixFacts &facts);
std::optional<Fix> ofOldHashes(const FixFacts &facts);
std::optional<Fix> ofCommonPasswords(const FixFacts &facts);
std::optional<Fix> ofBreachCheck(const FixFacts &facts);

// Mails, without which some of that cannot end well: FixesOfMail.cpp
std::optional<Fix> ofNeededMails(const FixFacts &facts);
std::optional<Fix> ofMails(const FixFacts &facts);

// What is kept, and how safely: FixesOfKeeping.cpp
std::optional<Fix> ofBackups(const FixFacts &facts);
std::optional<Fix> ofSpace(const FixFacts &facts);
std::optional<Fix> ofMasterKey(const FixFacts &facts);
std::optional<Fix> ofOtherMasterKeys(const FixFacts &facts);
std::optional<Fix> ofOldKey(const FixFacts &facts);
std::optional<Fix> ofMissingStandby(const FixFacts &facts);
std::optional<Fix> ofEndlessRecord(const FixFacts &facts);

} // namespace fix_checks

} // namespace warder
