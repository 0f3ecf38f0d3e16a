#pragma once

#include "ui/support/Tone.h"

#include <QWidget>

class QVBoxLayout;

namespace warder {

/// What was looked at, one below the other: a mark, what it was as a heading, and what came of it, which can be copied. GUI thread.
class CheckLines final : public QWidget
{
    Q_OBJECT
public:
    explicit CheckLines(QWidget *parent);

    void add(Tone tone, const QString &subject, const QString &text);
    void clear();

private:
    QVBoxLayout *m_lines;
};

} // namespace warder
