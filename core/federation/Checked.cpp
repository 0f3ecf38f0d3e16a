#include "core/federation/Checked.h"

#include "core/base/Text.h"

#include <QList>

using namespace Qt::StringLiterals;

namespace warder {

QString quoted(const QString &said)
{
    constexpr qsizetype most = 120;
    QString plain;
    for (const uint character : QStringView(said).first(std::min(said.size(), 4 * most)).toUcs4())
        plain += isPlain(character) ? QString::fromUcs4(reinterpret_cast<const char32_t *>(&character), 1) : u"?"_s;
    return plain.isEmpty() ? u"nothing"_s : u"“%1”"_s.arg(shortened(plain, most));
}

} // namespace warder
