#include "core/sealing/EnvironmentKey.h"

#include <QtEnvironmentVariables>

#include <cstdlib>
#include <cstring>
#include <openssl/crypto.h>

namespace warder {
namespace {

SecretBytes &taken()
{
    static SecretBytes text;
    return text;
}

} // namespace

void takeEnvironmentKey()
{
    char *value = std::getenv(masterKeyVariable);
    if (!value)
        return;
    taken() = SecretBytes(QByteArray(value));
    OPENSSL_cleanse(value, std::strlen(value)); // where the kernel shows it to whoever may see our environment
    qunsetenv(masterKeyVariable);
}

SecretBytes environmentKeyText() { return taken(); }

} // namespace warder
