using System.Text.Json;

namespace Smpi.Conformance;

/// <summary>What the code of users throws.</summary>
internal static class Failing
{
    public static IReadOnlyList<Func<Exception>?> Errors { get; } =
    [
        null,
        static () => new JsonException("thrown"),
        static () => new FormatException("thrown"),
        static () => new OverflowException("thrown"),
        static () => new InvalidOperationException("thrown"),
        static () => new NotSupportedException("thrown"),
        static () => new KeyNotFoundException("thrown"),
        static () => new ArgumentException("thrown"),
        static () => new InvalidCastException("thrown"),
        static () => new DivideByZeroException("thrown"),
        static () => new ObjectDisposedException("thrown"),
        static () => new OperationCanceledException("thrown"),
    ];

    /// <summary>Throws the error of a number; nothing for 0.</summary>
    public static void Throw(int kind)
    {
        if (Errors[kind] is { } make) throw make();
    }
}
