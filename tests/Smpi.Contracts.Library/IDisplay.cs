namespace Smpi.Contracts.Library;

/// <summary>What the client answers.</summary>
[SmpiContract("front.display")]
public interface IDisplay
{
    ValueTask<Line> ShowAsync(Line line, CancellationToken ct);
}
