#pragma once

#include "ui/settings/editors/SettingEditor.h"

class QPlainTextEdit;

namespace warder {

/// A list, an item a line; commas part items as well. As tall as its items need, within bounds. Tab leaves it.
class ListEdit final : public SettingEditor
{
    Q_OBJECT
public:
    explicit ListEdit(QWidget *parent);

    QString text() const override;
    void setText(const QString &text) override;

private:
    void fitHeight();

    QPlainTextEdit *m_edit;
    QString m_given; ///< A list that was not changed comes out as it went in.
    bool m_filling = false;
};

} // namespace warder
