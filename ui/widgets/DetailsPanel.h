#pragma once

#include "ui/support/Tone.h"

#include <QScrollArea>

class QLabel;
class QVBoxLayout;

namespace warder {

/// What is known of the selected row, fact by fact; a hint when not exactly one is selected. Ctrl+C copies it.
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
        /// The value is an id, a key id or a network address: in letters of one width.
        bool isFixedWidth = false;
    };

    void present(const QString &title, const QList<Fact> &facts, Tone tone = Tone::Neutral, const QString &remark = {});
    void presentNothing();

private:
    void addCopying();
    void fill(const QList<Fact> &facts);
    void addLines();
    QLabel *lineAt(qsizetype place) const;
    QString breakable(const QString &value, const QFont &inFont) const;

    QLabel *m_title;
    QLabel *m_hintLabel;
    QLabel *m_remark;
    QVBoxLayout *m_lines;
};

} // namespace warder
