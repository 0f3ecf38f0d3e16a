#pragma once

#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

namespace warder::test {

/// A D-Bus session of its own, in a folder of its own, with GNOME's keyring or without; nothing of whoever runs the test is touched. The
/// processes end with it. The test's thread only.
class KeyringSession final
{
public:
    enum class Keyring { None, Unlocked, Locked };

    /// Whether the programs are there that it needs.
    static bool isPossible();

    KeyringSession();
    ~KeyringSession();

    /// Empty if it started; else why not.
    QString startBus();
    /// A keyring with a password; one that is locked must have been there before.
    QString startKeyring(Keyring keyring);
    void stopKeyring();
    void stopBus();
    void freezeKeyring(bool frozen) const;

    /// "NAME=value" for who shall find it.
    QStringList environment() const;
    /// The same for this process and its children.
    void enter() const;

private:
    bool isKeyringThere() const;

    QTemporaryDir m_folder;
    QString m_address;
    QProcess m_bus;
    QProcess m_keyring;
};

} // namespace warder::test
