#pragma once

#include "ui/support/Tone.h"

#include <QScrollArea>

class QLabel;
class QVBoxLayout;

namespace warder {

/// What is known of the selected row, fact by fact; a hint when not exactly one is selected.
class DetailsPanel final : public QScrollArea
{
    Q_OBJECT
public:
    /// `hint` stands there while nothing is selected.
    DetailsPanel(const QString &name, const QString &hint, QWidget *parent);

    struct Fact
    {
        QString name; ///< Empty: it goes on what the fact above tells of.
        QString value;
        QString remark = {}; ///< Of second rank, below the value.
        QString tip = {};    ///< Of the remark.
    };

    void present(const QString &title, const QList<Fact> &facts, Tone tone = Tone::Neutral, const QString &remark = {});
    void presentNothing();

private:
    void fill(const QList<Fact> &facts);
    void addLines();
    QLabel *lineAt(qsizetype place) const;
    QString breakable(const QString &value) const;

    QLabel *m_title;
    QLabel *m_hintLabel;
    QLabel *m_remark;
    QWidget *m_facts;
    QVBoxLayout *m_lines;
};

} // namespace warder
