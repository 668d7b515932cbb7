namespace System;

/// <summary>Lets the compiler match lists for netstandard2.0.</summary>
internal readonly struct Index(int value, bool fromEnd = false)
{
    public int Value { get; } = value;

    public bool IsFromEnd { get; } = fromEnd;

    public int GetOffset(int length) => IsFromEnd ? length - Value : Value;
}
