namespace Smpi;

/// <summary>How one call is made. An immutable record: make it once and use it for many calls.</summary>
public sealed record CallOptions
{
    /// <summary>The options of a call that names none.</summary>
    public static CallOptions Default { get; } = new();

    /// <summary>The options of a typed unary call that names none: the channel's own deadline holds.</summary>
    public static CallOptions Typed { get; } = new() { IsTyped = true };

    /// <summary>The options of a typed unary call that may be sent twice and names none.</summary>
    public static CallOptions TypedIdempotent { get; } = new() { IsTyped = true, Idempotent = true };

    /// <summary>How long the call may take, waiting for a connection included. Null for the channel's default, infinite for none.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>Header fields to send along, where the format has headers.</summary>
    public Headers? Headers { get; init; }

    /// <summary>Whether to wait for a connection while the channel is reconnecting. False: fail at once. The first connect is always awaited.</summary>
    public bool WaitForConnection { get; init; }

    /// <summary>Whether the request may be sent again after a loss. Null: as <see cref="IdempotentAttribute"/> says.</summary>
    public bool? Idempotent { get; init; }

    internal bool IsTyped { get; init; }

    /// <summary>The options of a typed unary call; generated calls use it.</summary>
    /// <param name="options">What the caller gave; null for the defaults.</param>
    /// <param name="isIdempotent">What <see cref="IdempotentAttribute"/> says of the request.</param>
    public static CallOptions ForTyped(CallOptions? options, bool isIdempotent)
    {
        if (options is null) return isIdempotent ? TypedIdempotent : Typed;
        return options with { IsTyped = true, Idempotent = options.Idempotent ?? isIdempotent };
    }
}
