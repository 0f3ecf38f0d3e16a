#pragma once

#include "core/crypto/SecretBytes.h"
#include "core/sealing/Keychain.h"

namespace warder {

/// The real one, asked by a process of its own (app/KeychainHelper.h), which is killed when its time is over: what talks to the keychain
/// needs GLib's event loop, may hang for a minute, and ends its process when the session does.
class KeychainProcess final : public Keychain
{
public:
    /// `program`: one of ours; asked for anew each time.
    explicit KeychainProcess(QString program) : m_program(std::move(program)) {}

    Result<std::optional<SecretBytes>> read(const QByteArray &check) override;
    Result<void> write(const QByteArray &check, const SecretBytes &masterKey) override;
    Result<void> remove(const QByteArray &check) override;

    /// The first argument of the helper; after it come the order and the name. A key goes by stdin or stdout, in base64.
    static constexpr QLatin1StringView command {"keychain-helper"};
    /// What the helper exits with.
    enum Outcome { Succeeded = 0, NotFound = 10, Denied = 11, Failed = 12 };

private:
    struct Said
    {
        int code = 0;
        SecretBytes out = {};
        QString why = {};
    };
    Result<Said> ask(const QString &order, const QByteArray &check, const SecretBytes &masterKey = {}) const;

    const QString m_program;
};

} // namespace warder
