using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>Asks values of any type for null.</summary>
internal static class Nulls
{
    /// <summary>Whether a value is a null reference. Asking a struct for null would box it in code that is not optimized.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Is<T>([NotNullWhen(false)] T value) => !typeof(T).IsValueType && value is null;
}
