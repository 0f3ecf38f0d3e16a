#include "core/sealing/MasterKeyPolicy.h"

#include "core/platform/Process.h"
#include "core/sealing/EnvironmentKey.h"
#include "core/sealing/KeychainProcess.h"

using namespace Qt::StringLiterals;

namespace warder {

MasterKeyPolicy MasterKeyPolicy::from(const Settings &settings)
{
    MasterKeyPolicy policy {.sources = {},
                            .credentials = qEnvironmentVariable("CREDENTIALS_DIRECTORY"),
                            .environment = environmentKeyText(),
                            .keychain = std::make_shared<KeychainProcess>(platform::ownProgram())};
    for (const QString &name : settings.get<"keys.master_key_sources">()) {
        if (const auto source = fromName<MasterKeySource>(name); source && !policy.allows(*source))
            policy.sources += *source;
    }
    return policy;
}

} // namespace warder
