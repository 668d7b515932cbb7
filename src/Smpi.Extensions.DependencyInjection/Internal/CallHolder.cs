namespace Smpi;

/// <summary>The call that a scope belongs to.</summary>
internal sealed class CallHolder
{
    public CallContext? Context { get; set; }

    public CallContext Required() => Context ?? throw new InvalidOperationException("This scope belongs to no call: CallContext and ISmpiPeer exist inside handlers only.");
}
