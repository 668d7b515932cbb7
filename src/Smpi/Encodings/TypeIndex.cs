namespace Smpi;

/// <summary>Gives every type a small number, so that what belongs to it is found in an array.</summary>
internal static class TypeIndex
{
    private static int _last = -1;

    internal static int Next() => Interlocked.Increment(ref _last);

    internal static class Of<T>
    {
        public static readonly int Value = Next();
    }
}
