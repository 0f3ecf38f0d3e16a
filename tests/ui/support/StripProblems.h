#pragma once

#include "ui/widgets/ProblemRow.h"
#include "ui/widgets/ProblemStrip.h"

#include <QLayout>

namespace warder::test {

/// What the strip says to be wrong, from the top.
inline QStringList problemsIn(const ProblemStrip &strip)
{
    QStringList texts;
    for (int i = 0; i < strip.layout()->count(); ++i) {
        if (const auto *row = qobject_cast<ProblemRow *>(strip.layout()->itemAt(i)->widget()); row && !row->isHidden())
            texts += row->accessibleName();
    }
    return texts;
}

} // namespace warder::test
