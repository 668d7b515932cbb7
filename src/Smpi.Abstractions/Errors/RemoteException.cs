namespace Smpi;

/// <summary>The peer's handler answered with a fault.</summary>
public sealed class RemoteException : SmpiException
{
    private readonly Func<Type, object?>? _detail;

    /// <summary>Makes an exception.</summary>
    /// <param name="fault">The code and sentence of the peer.</param>
    /// <param name="detail">Decodes the detail to a type, or gives null when it is not of that type; null when there is no detail.</param>
    public RemoteException(Fault fault, Func<Type, object?>? detail = null)
        : base(Checked(fault).Code, fault.Text, null)
    {
        Fault = fault;
        _detail = detail;
    }

    /// <summary>The code and sentence of the peer.</summary>
    public Fault Fault { get; }

    /// <summary>Whether the peer sent a detail.</summary>
    public bool HasDetail => _detail is not null;

    /// <summary>Decodes the detail.</summary>
    /// <typeparam name="T">The record the detail was made of.</typeparam>
    /// <param name="detail">The detail.</param>
    /// <returns>False when there is none, or when it is not of that type.</returns>
    public bool TryGet<T>([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out T? detail)
    {
        detail = _detail?.Invoke(typeof(T)) is T value ? value : default;
        return detail is not null;
    }

    private static Fault Checked(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return fault;
    }
}
