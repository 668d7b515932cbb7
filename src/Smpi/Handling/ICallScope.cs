namespace Smpi;

/// <summary>The services of one call, disposed when its handler has ended.</summary>
public interface ICallScope : IAsyncDisposable
{
    /// <summary>The services.</summary>
    IServiceProvider Services { get; }
}
