#include "app/cli/Confirmation.h"

#include "app/cli/Output.h"

#include <QTextStream>

using namespace Qt::StringLiterals;

namespace warder {

bool isConfirmed(const CommandContext &context, const QString &question)
{
    if (context.parser.isSet(u"yes"_s))
        return true;
    printQuestion(question + u" [y/N] "_s);
    const QString answer = QTextStream(stdin).readLine().trimmed().toLower();
    return answer == "y"_L1 || answer == "yes"_L1;
}

} // namespace warder
