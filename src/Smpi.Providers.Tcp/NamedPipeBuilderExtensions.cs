namespace Smpi;

/// <summary>Connects and listens over named pipes.</summary>
public static class NamedPipeBuilderExtensions
{
    /// <summary>Connects over a named pipe of this machine.</summary>
    /// <typeparam name="TBuilder">The builder's own type.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="pipe">The pipe's name, without a prefix.</param>
    /// <param name="options">How pipes are set up; null for the defaults.</param>
    public static TBuilder UseNamedPipe<TBuilder>(this TBuilder builder, string pipe, NamedPipeOptions? options = null)
        where TBuilder : ISmpiBuilder => BuilderParts.Set(builder, new NamedPipeProtocol(pipe, options), listen: false);

    /// <summary>Listens on a named pipe.</summary>
    /// <typeparam name="TBuilder">The builder's own type.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="pipe">The pipe's name, without a prefix.</param>
    /// <param name="options">How pipes are set up; null for the defaults.</param>
    public static TBuilder ListenNamedPipe<TBuilder>(this TBuilder builder, string pipe, NamedPipeOptions? options = null)
        where TBuilder : ISmpiBuilder => BuilderParts.Set(builder, new NamedPipeProtocol(pipe, options), listen: true);
}
