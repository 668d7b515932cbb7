namespace Smpi;

/// <summary>Listens for peers and answers them, all with the same handlers.</summary>
public interface ISmpiServer : IAsyncDisposable
{
    /// <summary>The address that peers connect to, with the real port; empty until it listens.</summary>
    string Address { get; }

    /// <summary>Every connected peer; publishing here reaches them all.</summary>
    IPeerGroup Peers { get; }

    /// <summary>A group of peers by name, made at first use. A peer that is gone leaves its groups.</summary>
    /// <param name="name">Any name.</param>
    IPeerGroup Group(string name);

    /// <summary>Starts to listen; returns when peers can connect.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="SmpiConfigurationException">The address is in use or not allowed.</exception>
    ValueTask ListenAsync(CancellationToken cancellationToken = default);

    /// <summary>Takes no further peers and calls, lets those that run end, says goodbye and closes.</summary>
    /// <remarks>
    /// A handler of this server that awaits it would wait for itself, until <see cref="SmpiLimits.DrainTimeout"/> has passed: let it pass the token of its own
    /// call, which is then not waited for and fails at its caller with the goodbye, or not await it. A handler of an event must not await it.
    /// </remarks>
    /// <param name="cancellationToken">Ends the wait: what still runs is cut off. That of a handler of this server ends no wait, and exempts its call.</param>
    ValueTask DrainAsync(CancellationToken cancellationToken = default);
}
