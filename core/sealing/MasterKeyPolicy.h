#pragma once

#include "core/base/MasterKeySource.h"
#include "core/config/Settings.h"
#include "core/crypto/SecretBytes.h"
#include "core/sealing/Keychain.h"

#include <QList>

#include <functional>
#include <memory>

namespace warder {

/// Where the master key may come from, and where a new one goes.
struct MasterKeyPolicy
{
    QList<MasterKeySource> sources {MasterKeySource::Credential, MasterKeySource::Keychain, MasterKeySource::File,
                                    MasterKeySource::Environment}; ///< The first that has a key is taken.
    bool newInKeychain = false;                                    ///< If it works; else in the file.
    QString credentials = {};                                      ///< Systemd's folder of credentials; empty: there is none.
    SecretBytes environment = {};                                  ///< What the variable said.
    std::shared_ptr<Keychain> keychain = {};                       ///< Null: there is none.
    std::function<void()> afterStep = {};                          ///< For tests: called between the steps of a move or a rotation.

    /// Of this process, with the keychain of whoever runs it.
    static MasterKeyPolicy from(const Settings &settings);

    bool allows(MasterKeySource source) const { return sources.contains(source); }
};

} // namespace warder
