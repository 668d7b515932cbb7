using System.Net.Sockets;

namespace Smpi;

/// <summary>Turns the framework's exceptions into sentences that name the endpoint and the remedy. The only place that knows socket error codes.</summary>
internal static class TransportFaults
{
    /// <summary>Why an endpoint could not be reached. What may heal by itself is a closed channel; what cannot is configuration.</summary>
    public static SmpiException Connecting(string address, Exception error) => error switch
    {
        SmpiException known => known,
        SocketException socket => Connecting(address, socket),
        UnauthorizedAccessException => new SmpiConfigurationException($"This user may not connect to {address}: it belongs to somebody else. Check its owner and mode.", error),
        TimeoutException => Unavailable($"Nothing listens on {address}.", error),
        _ => Unavailable($"{address} cannot be reached: {error.Message}", error),
    };

    /// <summary>Why an endpoint cannot be listened on.</summary>
    public static SmpiConfigurationException Listening(string address, Exception error) => error switch
    {
        SmpiConfigurationException known => known,
        SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } => InUse(address, error),
        SocketException { SocketErrorCode: SocketError.AccessDenied } or UnauthorizedAccessException =>
            new SmpiConfigurationException($"This user may not listen on {address}: choose a port from 1024 up, or a path in a directory that it may write to.", error),
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } =>
            new SmpiConfigurationException($"{address} is no address of this machine: listen on one of its own, such as 127.0.0.1, or on 0.0.0.0 for all.", error),
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } =>
            new SmpiConfigurationException($"The host of {address} is not known to the name service: listen on an IP address of this machine.", error),
        _ => new SmpiConfigurationException($"Listening on {address} failed: {error.Message}", error),
    };

    public static SmpiConfigurationException InUse(string address, Exception? error = null) =>
        new($"{address} is in use by another listener: choose another one, or end the process that has it.", error);

    /// <summary>Why an open connection ended; null when nothing better than the exception is known.</summary>
    public static CloseReason? Lost(string remote, Exception? error) => Find<SocketException>(error)?.SocketErrorCode switch
    {
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown =>
            Gone($"{remote} reset the connection: its process ended, or it closed before it had read everything."),
        SocketError.TimedOut => Gone($"{remote} no longer answers: the connection timed out."),
        SocketError.NetworkDown or SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.HostDown or SocketError.NetworkReset =>
            Gone($"{remote} can no longer be reached over the network."),
        _ => error is EndOfStreamException ? Gone(error.Message) : null,
    };

    /// <summary>The first exception of a type, the causes included.</summary>
    public static T? Find<T>(Exception? error)
        where T : Exception
    {
        while (error is not null and not T) error = error.InnerException;
        return (T?)error;
    }

    public static ChannelClosedException Unavailable(string text, Exception? error = null) => new(Gone(text), error);

    private static SmpiException Connecting(string address, SocketException error) => error.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => Unavailable($"Nothing listens on {address}: the connection was refused.", error),
        SocketError.HostNotFound or SocketError.NoData => Unavailable($"The host of {address} is not known to the name service.", error),
        SocketError.TryAgain => Unavailable($"The name service did not answer for the host of {address}.", error),
        SocketError.TimedOut => Unavailable($"{address} did not answer: the connection timed out.", error),
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.NetworkDown =>
            Unavailable($"{address} cannot be reached over the network.", error),
        SocketError.ConnectionReset or SocketError.ConnectionAborted => Unavailable($"{address} reset the connection while it was being made.", error),
        SocketError.TooManyOpenSockets => Unavailable($"{address} cannot be reached: this process has no file descriptor left.", error),
        SocketError.AccessDenied => new SmpiConfigurationException($"This user may not connect to {address}: it belongs to somebody else. Check its owner and mode.", error),
        SocketError.AddressFamilyNotSupported => new SmpiConfigurationException($"This machine has no network of the kind that {address} needs.", error),
        _ => Unavailable($"{address} cannot be reached: {error.Message}", error),
    };

    private static CloseReason Gone(string text) => new(ErrorCode.Unavailable, text, ClosedBy.Transport);
}
