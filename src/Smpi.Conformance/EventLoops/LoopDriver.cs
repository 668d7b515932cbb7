namespace Smpi.Conformance;

/// <summary>A loop under test, and what its owner does with it.</summary>
/// <param name="loop">The loop.</param>
public class LoopDriver(IEventLoopBinding loop) : IAsyncDisposable
{
    /// <summary>The loop.</summary>
    public IEventLoopBinding Loop { get; } = loop;

    /// <summary>Whether work runs inside the post.</summary>
    public virtual bool IsInline => false;

    /// <summary>Whether pieces of work run one after the other, in the order of their posts.</summary>
    public virtual bool IsSerial => true;

    /// <summary>Called again and again while a test waits: pumps a loop that its owner pumps.</summary>
    public virtual void Drive()
    {
    }

    /// <summary>Ends the loop.</summary>
    /// <returns>False when loops of this kind never end.</returns>
    public virtual ValueTask<bool> EndAsync() => new(false);

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        await EndAsync();
        GC.SuppressFinalize(this);
    }
}
