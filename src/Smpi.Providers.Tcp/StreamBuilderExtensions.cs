using System.IO.Pipelines;

namespace Smpi;

/// <summary>Connects over any stream, pair of streams or pipe.</summary>
public static class StreamBuilderExtensions
{
    /// <summary>Connects over one duplex stream that is open already. It connects once.</summary>
    /// <typeparam name="TBuilder">The builder's own type.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="stream">The stream; disposed with the connection.</param>
    public static TBuilder UseStream<TBuilder>(this TBuilder builder, Stream stream)
        where TBuilder : ISmpiBuilder => builder.UseStream(stream, stream);

    /// <summary>Connects over a pair of streams that is open already. It connects once.</summary>
    /// <typeparam name="TBuilder">The builder's own type.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="input">What is read; disposed with the connection.</param>
    /// <param name="output">What is written; disposed with the connection.</param>
    public static TBuilder UseStream<TBuilder>(this TBuilder builder, Stream input, Stream output)
        where TBuilder : ISmpiBuilder => BuilderParts.Set(builder, new StreamProtocol(input, output), listen: false);

    /// <summary>Connects over a pipe that is open already. It connects once.</summary>
    /// <typeparam name="TBuilder">The builder's own type.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="pipe">The pipe; both ends are completed with the connection.</param>
    public static TBuilder UseStream<TBuilder>(this TBuilder builder, IDuplexPipe pipe)
        where TBuilder : ISmpiBuilder => BuilderParts.Set(builder, new StreamProtocol(pipe), listen: false);

    /// <summary>Connects over a duplex stream that is opened for every connection.</summary>
    /// <typeparam name="TBuilder">The builder's own type.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="open">Opens a stream, which is disposed with the connection.</param>
    public static TBuilder UseStream<TBuilder>(this TBuilder builder, Func<CancellationToken, ValueTask<Stream>> open)
        where TBuilder : ISmpiBuilder
    {
        ArgumentNullException.ThrowIfNull(open);
        return builder.UseStream(async ct =>
        {
            Stream stream = await open(ct).ConfigureAwait(false);
            return (stream, stream);
        });
    }

    /// <summary>Connects over a pair of streams that is opened for every connection.</summary>
    /// <typeparam name="TBuilder">The builder's own type.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="open">Opens what is read and what is written; both are disposed with the connection.</param>
    public static TBuilder UseStream<TBuilder>(this TBuilder builder, Func<CancellationToken, ValueTask<(Stream Input, Stream Output)>> open)
        where TBuilder : ISmpiBuilder => BuilderParts.Set(builder, new StreamProtocol(open), listen: false);
}
