namespace Smpi;

/// <summary>Adds middleware to builders.</summary>
public static class MiddlewareExtensions
{
    /// <summary>Runs around every call of the peer; the first one added is outermost.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="middleware">Is given the call and what comes next. It refuses by throwing a <see cref="FaultException"/>; around a stream, next ends when the stream ends.</param>
    public static TBuilder UseIncoming<TBuilder>(this TBuilder builder, Func<CallContext, Func<Task>, Task> middleware)
        where TBuilder : ISmpiBuilder
    {
        ArgumentNullException.ThrowIfNull(middleware);
        builder.Settings<MiddlewareSettings>().Incoming.Add(middleware);
        return builder;
    }

    /// <summary>Runs around every call of this side; the first one added is outermost.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="middleware">Is given the call, whose options it may replace, and what comes next.</param>
    public static TBuilder UseOutgoing<TBuilder>(this TBuilder builder, Func<OutgoingCallContext, Func<Task>, Task> middleware)
        where TBuilder : ISmpiBuilder
    {
        ArgumentNullException.ThrowIfNull(middleware);
        builder.Settings<MiddlewareSettings>().Outgoing.Add(middleware);
        return builder;
    }
}
