#include "app/cli/Confirmation.h"

#include <QTextStream>

using namespace Qt::StringLiterals;

namespace warder {

bool isConfirmed(const CommandContext &context, const QString &question)
{
    if (context.parser.isSet(u"yes"_s))
        return true;
    QTextStream(stderr) << question << " [y/N] " << Qt::flush;
    return QTextStream(stdin).readLine().trimmed().toLower() == "y"_L1;
}

} // namespace warder
