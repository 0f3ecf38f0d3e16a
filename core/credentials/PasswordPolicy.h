#pragma once

#include "core/config/Settings.h"

#include <QUrl>

namespace warder {

/// What a new password must be like.
struct PasswordPolicy
{
    int minLength = 8;                                 ///< Characters of the NFC form; the maximum is 1024 bytes.
    qint64 minGuesses = 1'000'000;                     ///< What it must withstand; 0: anything.
    QStringList ownWords = {QStringLiteral("warder")}; ///< What is guessed first here: the product, the host and its names.

    static PasswordPolicy from(const Settings &settings)
    {
        const QString host = QUrl(settings.get<"tokens.issuer">()).host();
        const QStringList named {QStringLiteral("warder"), host, settings.get<"mfa.issuer">(), settings.get<"passkeys.rp_name">()};
        return {.minLength = int(settings.get<"passwords.min_length">()),
                .minGuesses = settings.get<"passwords.min_guesses">(),
                .ownWords = named + host.split(u'.', Qt::SkipEmptyParts)};
    }
};

} // namespace warder
