using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Smpi.Generators.Tests;

/// <summary>A <c>smpi.lock</c> beside the project.</summary>
internal sealed class LockText(string text) : AdditionalText
{
    public override string Path => "project/smpi.lock";

    public override Microsoft.CodeAnalysis.Text.SourceText GetText(CancellationToken cancellationToken = default) => Microsoft.CodeAnalysis.Text.SourceText.From(text);
}
