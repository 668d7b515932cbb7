namespace Smpi;

/// <summary>The registered shape of a type, found without a lookup.</summary>
internal static class RegisteredShape<T>
{
    public static ProtobufShape<T>? Shape;
}
