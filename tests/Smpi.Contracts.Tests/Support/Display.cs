using Smpi.Contracts.Library;

namespace Smpi.Contracts.Tests;

internal sealed class Display : IDisplay
{
    public ValueTask<Line> ShowAsync(Line line, CancellationToken ct) => new(new Line("shown " + line.Text));
}
