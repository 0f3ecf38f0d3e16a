#pragma once

#include "ui/support/Tone.h"

#include <QScrollArea>

class QFormLayout;
class QLabel;

namespace warder {

/// What is known of the selected row, one line a fact; a hint when not exactly one is selected.
class DetailsPanel final : public QScrollArea
{
    Q_OBJECT
public:
    /// `hint` stands there while nothing is selected.
    DetailsPanel(const QString &name, const QString &hint, QWidget *parent);

    struct Fact
    {
        QString name;
        QString value;
    };

    void present(const QString &title, const QList<Fact> &facts, Tone tone = Tone::Neutral, const QString &remark = {});
    void presentNothing();

private:
    void fill(const QList<Fact> &facts);

    QLabel *m_title;
    QLabel *m_hintLabel;
    QLabel *m_remark;
    QWidget *m_facts;
    QFormLayout *m_form;
};

} // namespace warder
