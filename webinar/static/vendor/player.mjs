var Cr=class{addEventListener(){}removeEventListener(){}dispatchEvent(){return!0}},xr=class extends Cr{},Or=class extends xr{constructor(){super(...arguments),this.role=null}},Sa=class{observe(){}unobserve(){}disconnect(){}},Ko={createElement:function(){return new xi.HTMLElement},createElementNS:function(){return new xi.HTMLElement},addEventListener(){},removeEventListener(){},dispatchEvent(t){return!1}},xi={ResizeObserver:Sa,document:Ko,Node:xr,Element:Or,HTMLElement:class extends Or{constructor(){super(...arguments),this.innerHTML=""}get content(){return new xi.DocumentFragment}},DocumentFragment:class extends Cr{},customElements:{get:function(){},define:function(){},whenDefined:function(){}},localStorage:{getItem(t){return null},setItem(t,e){},removeItem(t){}},CustomEvent:function(){},getComputedStyle:function(){},navigator:{languages:[],get userAgent(){return""}},matchMedia(t){return{matches:!1,media:t}},DOMParser:class{parseFromString(e,i){return{body:{textContent:e}}}}},qo="global"in globalThis&&globalThis?.global===globalThis||typeof window>"u"||typeof window.customElements>"u",Go=Object.keys(xi).every(t=>t in globalThis),d=qo&&!Go?xi:globalThis,P=qo&&!Go?Ko:globalThis.document;var v={MEDIA_PLAY_REQUEST:"mediaplayrequest",MEDIA_PAUSE_REQUEST:"mediapauserequest",MEDIA_MUTE_REQUEST:"mediamuterequest",MEDIA_UNMUTE_REQUEST:"mediaunmuterequest",MEDIA_LOOP_REQUEST:"medialooprequest",MEDIA_VOLUME_REQUEST:"mediavolumerequest",MEDIA_SEEK_REQUEST:"mediaseekrequest",MEDIA_AIRPLAY_REQUEST:"mediaairplayrequest",MEDIA_ENTER_FULLSCREEN_REQUEST:"mediaenterfullscreenrequest",MEDIA_EXIT_FULLSCREEN_REQUEST:"mediaexitfullscreenrequest",MEDIA_PREVIEW_REQUEST:"mediapreviewrequest",MEDIA_ENTER_PIP_REQUEST:"mediaenterpiprequest",MEDIA_EXIT_PIP_REQUEST:"mediaexitpiprequest",MEDIA_ENTER_CAST_REQUEST:"mediaentercastrequest",MEDIA_EXIT_CAST_REQUEST:"mediaexitcastrequest",MEDIA_SHOW_TEXT_TRACKS_REQUEST:"mediashowtexttracksrequest",MEDIA_HIDE_TEXT_TRACKS_REQUEST:"mediahidetexttracksrequest",MEDIA_SHOW_SUBTITLES_REQUEST:"mediashowsubtitlesrequest",MEDIA_DISABLE_SUBTITLES_REQUEST:"mediadisablesubtitlesrequest",MEDIA_TOGGLE_SUBTITLES_REQUEST:"mediatogglesubtitlesrequest",MEDIA_PLAYBACK_RATE_REQUEST:"mediaplaybackraterequest",MEDIA_RENDITION_REQUEST:"mediarenditionrequest",MEDIA_AUDIO_TRACK_REQUEST:"mediaaudiotrackrequest",MEDIA_SEEK_TO_LIVE_REQUEST:"mediaseektoliverequest",REGISTER_MEDIA_STATE_RECEIVER:"registermediastatereceiver",UNREGISTER_MEDIA_STATE_RECEIVER:"unregistermediastatereceiver"},S={MEDIA_CHROME_ATTRIBUTES:"mediachromeattributes",MEDIA_CONTROLLER:"mediacontroller"},ya={MEDIA_AIRPLAY_UNAVAILABLE:"mediaAirplayUnavailable",MEDIA_AUDIO_TRACK_ENABLED:"mediaAudioTrackEnabled",MEDIA_AUDIO_TRACK_LIST:"mediaAudioTrackList",MEDIA_AUDIO_TRACK_UNAVAILABLE:"mediaAudioTrackUnavailable",MEDIA_BUFFERED:"mediaBuffered",MEDIA_CAST_UNAVAILABLE:"mediaCastUnavailable",MEDIA_CHAPTERS_CUES:"mediaChaptersCues",MEDIA_CURRENT_TIME:"mediaCurrentTime",MEDIA_DURATION:"mediaDuration",MEDIA_ENDED:"mediaEnded",MEDIA_ERROR:"mediaError",MEDIA_ERROR_CODE:"mediaErrorCode",MEDIA_ERROR_MESSAGE:"mediaErrorMessage",MEDIA_FULLSCREEN_UNAVAILABLE:"mediaFullscreenUnavailable",MEDIA_HAS_PLAYED:"mediaHasPlayed",MEDIA_HEIGHT:"mediaHeight",MEDIA_IS_AIRPLAYING:"mediaIsAirplaying",MEDIA_IS_CASTING:"mediaIsCasting",MEDIA_IS_FULLSCREEN:"mediaIsFullscreen",MEDIA_IS_PIP:"mediaIsPip",MEDIA_LOADING:"mediaLoading",MEDIA_MUTED:"mediaMuted",MEDIA_LOOP:"mediaLoop",MEDIA_PAUSED:"mediaPaused",MEDIA_PIP_UNAVAILABLE:"mediaPipUnavailable",MEDIA_PLAYBACK_RATE:"mediaPlaybackRate",MEDIA_PREVIEW_CHAPTER:"mediaPreviewChapter",MEDIA_PREVIEW_COORDS:"mediaPreviewCoords",MEDIA_PREVIEW_IMAGE:"mediaPreviewImage",MEDIA_PREVIEW_TIME:"mediaPreviewTime",MEDIA_RENDITION_LIST:"mediaRenditionList",MEDIA_RENDITION_SELECTED:"mediaRenditionSelected",MEDIA_RENDITION_UNAVAILABLE:"mediaRenditionUnavailable",MEDIA_SEEKABLE:"mediaSeekable",MEDIA_STREAM_TYPE:"mediaStreamType",MEDIA_SUBTITLES_LIST:"mediaSubtitlesList",MEDIA_SUBTITLES_SHOWING:"mediaSubtitlesShowing",MEDIA_TARGET_LIVE_WINDOW:"mediaTargetLiveWindow",MEDIA_TIME_IS_LIVE:"mediaTimeIsLive",MEDIA_VOLUME:"mediaVolume",MEDIA_VOLUME_LEVEL:"mediaVolumeLevel",MEDIA_VOLUME_UNAVAILABLE:"mediaVolumeUnavailable",MEDIA_LANG:"mediaLang",MEDIA_WIDTH:"mediaWidth"},Yo=Object.entries(ya),o=Yo.reduce((t,[e,i])=>(t[e]=i.toLowerCase(),t),{}),fc={USER_INACTIVE_CHANGE:"userinactivechange",BREAKPOINTS_CHANGE:"breakpointchange",BREAKPOINTS_COMPUTED:"breakpointscomputed"},ft=Yo.reduce((t,[e,i])=>(t[e]=i.toLowerCase(),t),{...fc}),Vh=Object.entries(ft).reduce((t,[e,i])=>{let r=o[e];return r&&(t[i]=r),t},{userinactivechange:"userinactive"}),Qo=Object.entries(o).reduce((t,[e,i])=>{let r=ft[e];return r&&(t[i]=r),t},{userinactive:"userinactivechange"}),ae={SUBTITLES:"subtitles",CAPTIONS:"captions",DESCRIPTIONS:"descriptions",CHAPTERS:"chapters",METADATA:"metadata"},tt={DISABLED:"disabled",HIDDEN:"hidden",SHOWING:"showing"};var Ur={MOUSE:"mouse",PEN:"pen",TOUCH:"touch"},se={UNAVAILABLE:"unavailable",UNSUPPORTED:"unsupported"},de={LIVE:"live",ON_DEMAND:"on-demand",UNKNOWN:"unknown"};var zo={INLINE:"inline",FULLSCREEN:"fullscreen",PICTURE_IN_PICTURE:"picture-in-picture"};var Zo=new WeakMap,Ia=t=>{let e=Zo.get(t);return e||Zo.set(t,e=new Set),e},Xo=new d.ResizeObserver(t=>{for(let e of t)for(let i of Ia(e.target))i(e)});function qe(t,e){Ia(t).add(e),Xo.observe(t)}function Ge(t,e){let i=Ia(t);i.delete(e),i.size||Xo.unobserve(t)}function W(t){let e={};for(let i of t)e[i.name]=i.value;return e}function Y(t){var e;return(e=Pr(t))!=null?e:we(t,"media-controller")}function Pr(t){var e;let{MEDIA_CONTROLLER:i}=S,r=t.getAttribute(i);if(r)return(e=gt(t))==null?void 0:e.getElementById(r)}var ie=(t,e)=>!t||!e?!1:t?.contains(e)?!0:ie(t,e.getRootNode().host),we=(t,e)=>{if(!t)return null;let i=t.closest(e);return i||we(t.getRootNode().host,e)};function Oi(t=document){var e;let i=t?.activeElement;return i?(e=Oi(i.shadowRoot))!=null?e:i:null}function gt(t){var e;let i=(e=t?.getRootNode)==null?void 0:e.call(t);return i instanceof ShadowRoot||i instanceof Document?i:null}function Nr(t,{depth:e=3,checkOpacity:i=!0,checkVisibilityCSS:r=!0}={}){if(t.checkVisibility)return t.checkVisibility({checkOpacity:i,checkVisibilityCSS:r});let n=t;for(;n&&e>0;){let a=getComputedStyle(n);if(i&&a.opacity==="0"||r&&a.visibility==="hidden"||a.display==="none")return!1;n=n.parentElement,e--}return!0}function Jo(t,e,i,r){let n=r.x-i.x,a=r.y-i.y,s=n*n+a*a;if(s===0)return 0;let l=((t-i.x)*n+(e-i.y)*a)/s;return Math.max(0,Math.min(1,l))}function N(t,e){let i=gc(t,r=>r===e);return i||Ui(t,e)}function gc(t,e){var i,r;let n;for(n of(i=t.querySelectorAll("style:not([media])"))!=null?i:[]){let a;try{a=(r=n.sheet)==null?void 0:r.cssRules}catch{continue}for(let s of a??[])if(e(s.selectorText))return s}}function Ui(t,e){var i,r;let n=(i=t.querySelectorAll("style:not([media])"))!=null?i:[],a=n?.[n.length-1];if(!a?.sheet)return console.warn("Media Chrome: No style sheet found on style tag of",t),{style:{setProperty:()=>{},removeProperty:()=>"",getPropertyValue:()=>""}};let s=a?.sheet.insertRule(`${e}{}`,a.sheet.cssRules.length);return(r=a.sheet.cssRules)==null?void 0:r[s]}function $(t,e,i=Number.NaN){let r=t.getAttribute(e);return r!=null?+r:i}function F(t,e,i){let r=+i;if(i==null||Number.isNaN(r)){t.hasAttribute(e)&&t.removeAttribute(e);return}$(t,e,void 0)!==r&&t.setAttribute(e,`${r}`)}function y(t,e){return t.hasAttribute(e)}function I(t,e,i){if(i==null){t.hasAttribute(e)&&t.removeAttribute(e);return}y(t,e)!=i&&t.toggleAttribute(e,i)}function R(t,e,i=null){var r;return(r=t.getAttribute(e))!=null?r:i}function L(t,e,i){if(i==null){t.hasAttribute(e)&&t.removeAttribute(e);return}let r=`${i}`;R(t,e,void 0)!==r&&t.setAttribute(e,r)}var jo=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},_e=(t,e,i)=>(jo(t,e,"read from private field"),i?i.call(t):e.get(t)),_c=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Hr=(t,e,i,r)=>(jo(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),j;function bc(t){return`
    <style>
      :host {
        display: var(--media-control-display, var(--media-gesture-receiver-display, inline-block));
        box-sizing: border-box;
      }
    </style>
  `}var $t=class extends d.HTMLElement{constructor(){if(super(),_c(this,j,void 0),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=W(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}}static get observedAttributes(){return[S.MEDIA_CONTROLLER,o.MEDIA_PAUSED]}attributeChangedCallback(e,i,r){var n,a,s,l,c;e===S.MEDIA_CONTROLLER&&(i&&((a=(n=_e(this,j))==null?void 0:n.unassociateElement)==null||a.call(n,this),Hr(this,j,null)),r&&this.isConnected&&(Hr(this,j,(s=this.getRootNode())==null?void 0:s.getElementById(r)),(c=(l=_e(this,j))==null?void 0:l.associateElement)==null||c.call(l,this)))}connectedCallback(){var e,i;this.tabIndex=-1,this.setAttribute("aria-hidden","true"),Hr(this,j,Ac(this)),this.getAttribute(S.MEDIA_CONTROLLER)&&((i=(e=_e(this,j))==null?void 0:e.associateElement)==null||i.call(e,this)),_e(this,j)&&(_e(this,j).addEventListener("pointerdown",this),_e(this,j).addEventListener("click",this),_e(this,j).hasAttribute("tabindex")||(_e(this,j).tabIndex=0))}disconnectedCallback(){var e,i,r,n;this.getAttribute(S.MEDIA_CONTROLLER)&&((i=(e=_e(this,j))==null?void 0:e.unassociateElement)==null||i.call(e,this)),(r=_e(this,j))==null||r.removeEventListener("pointerdown",this),(n=_e(this,j))==null||n.removeEventListener("click",this),Hr(this,j,null)}handleEvent(e){var i;let r=(i=e.composedPath())==null?void 0:i[0];if(["video","media-controller"].includes(r?.localName)){if(e.type==="pointerdown")this._pointerType=e.pointerType;else if(e.type==="click"){let{clientX:a,clientY:s}=e,{left:l,top:c,width:u,height:p}=this.getBoundingClientRect(),b=a-l,f=s-c;if(b<0||f<0||b>u||f>p||u===0&&p===0)return;let m=this._pointerType||"mouse";if(this._pointerType=void 0,m===Ur.TOUCH){this.handleTap(e);return}else if(m===Ur.MOUSE||m===Ur.PEN){this.handleMouseClick(e);return}}}}get mediaPaused(){return y(this,o.MEDIA_PAUSED)}set mediaPaused(e){I(this,o.MEDIA_PAUSED,e)}handleTap(e){}handleMouseClick(e){let i=this.mediaPaused?v.MEDIA_PLAY_REQUEST:v.MEDIA_PAUSE_REQUEST;this.dispatchEvent(new d.CustomEvent(i,{composed:!0,bubbles:!0}))}};j=new WeakMap;$t.shadowRootOptions={mode:"open"};$t.getTemplateHTML=bc;function Ac(t){var e;let i=t.getAttribute(S.MEDIA_CONTROLLER);return i?(e=t.getRootNode())==null?void 0:e.getElementById(i):we(t,"media-controller")}d.customElements.get("media-gesture-receiver")||d.customElements.define("media-gesture-receiver",$t);var wa=$t;var el={"Start airplay":"Start airplay","Stop airplay":"Stop airplay",Audio:"Audio",Captions:"Captions","Enable captions":"Enable captions","Disable captions":"Disable captions","Start casting":"Start casting","Stop casting":"Stop casting","Enter fullscreen mode":"Enter fullscreen mode","Exit fullscreen mode":"Exit fullscreen mode",Mute:"Mute",Unmute:"Unmute",Loop:"Loop","Enter picture in picture mode":"Enter picture in picture mode","Exit picture in picture mode":"Exit picture in picture mode",Play:"Play",Pause:"Pause","Playback rate":"Playback rate","Playback rate {playbackRate}":"Playback rate {playbackRate}",Quality:"Quality","Seek backward":"Seek backward","Seek forward":"Seek forward",Settings:"Settings",Auto:"Auto","audio player":"audio player","video player":"video player",volume:"volume",seek:"seek","closed captions":"closed captions","current playback rate":"current playback rate","playback time":"playback time","media loading":"media loading",settings:"settings","audio tracks":"audio tracks",quality:"quality",play:"play",pause:"pause",mute:"mute",unmute:"unmute","chapter: {chapterName}":"chapter: {chapterName}",live:"live",Off:"Off","start airplay":"start airplay","stop airplay":"stop airplay","start casting":"start casting","stop casting":"stop casting","enter fullscreen mode":"enter fullscreen mode","exit fullscreen mode":"exit fullscreen mode","enter picture in picture mode":"enter picture in picture mode","exit picture in picture mode":"exit picture in picture mode","seek to live":"seek to live","playing live":"playing live","seek back {seekOffset} seconds":"seek back {seekOffset} seconds","seek forward {seekOffset} seconds":"seek forward {seekOffset} seconds","Network Error":"Network Error","Decode Error":"Decode Error","Source Not Supported":"Source Not Supported","Encryption Error":"Encryption Error","A network error caused the media download to fail.":"A network error caused the media download to fail.","A media error caused playback to be aborted. The media could be corrupt or your browser does not support this format.":"A media error caused playback to be aborted. The media could be corrupt or your browser does not support this format.","An unsupported error occurred. The server or network failed, or your browser does not support this format.":"An unsupported error occurred. The server or network failed, or your browser does not support this format.","The media is encrypted and there are no keys to decrypt it.":"The media is encrypted and there are no keys to decrypt it.",hour:"hour",hours:"hours",minute:"minute",minutes:"minutes",second:"second",seconds:"seconds","{time} remaining":"{time} remaining","{currentTime} of {totalTime}":"{currentTime} of {totalTime}","video not loaded, unknown time.":"video not loaded, unknown time."};var tl,Ft={en:el},Vt=((tl=globalThis.navigator)==null?void 0:tl.language)||"en",La=t=>{Vt=t},Tc=(t,e)=>{Ft[t]=e},kc=t=>{var e,i,r;let[n]=Vt.split("-");return((e=Ft[Vt])==null?void 0:e[t])||((i=Ft[n])==null?void 0:i[t])||((r=Ft.en)==null?void 0:r[t])||t},il=()=>{let[t]=Vt.split("-");return Ft[Vt]?Vt:Ft[t]?t:"en"},_=(t,e={})=>kc(t).replace(/\{(\w+)\}/g,(i,r)=>r in e?String(e[r]):`{${r}}`);var Ca=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},K=(t,e,i)=>(Ca(t,e,"read from private field"),i?i.call(t):e.get(t)),re=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},be=(t,e,i,r)=>(Ca(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),Ae=(t,e,i)=>(Ca(t,e,"access private method"),i),Pi,$r,Kt,Yt,Gt,Ma,qt,Br,Ra,rl,Da,nl,Ni,Fr,Vr,xa,Qt,Hi,it,Wr,T={AUDIO:"audio",AUTOHIDE:"autohide",BREAKPOINTS:"breakpoints",GESTURES_DISABLED:"gesturesdisabled",KEYBOARD_CONTROL:"keyboardcontrol",NO_AUTOHIDE:"noautohide",USER_INACTIVE:"userinactive",AUTOHIDE_OVER_CONTROLS:"autohideovercontrols"};function Sc(t){return`
    <style>
      
      :host([${o.MEDIA_IS_FULLSCREEN}]) ::slotted([slot=media]) {
        outline: none;
      }

      :host {
        box-sizing: border-box;
        position: relative;
        display: inline-block;
        line-height: 0;
        background-color: var(--media-background-color, #000);
        overflow: hidden;
      }

      :host(:not([${T.AUDIO}])) [part~=layer]:not([part~=media-layer]) {
        position: absolute;
        top: 0;
        left: 0;
        bottom: 0;
        right: 0;
        display: flex;
        flex-flow: column nowrap;
        align-items: start;
        pointer-events: none;
        background: none;
      }

      slot[name=media] {
        display: var(--media-slot-display, contents);
      }

      
      :host([${T.AUDIO}]) slot[name=media] {
        display: var(--media-slot-display, none);
      }

      
      :host([${T.AUDIO}]) [part~=layer][part~=gesture-layer] {
        height: 0;
        display: block;
      }

      
      :host(:not([${T.AUDIO}])[${T.GESTURES_DISABLED}]) ::slotted([slot=gestures-chrome]),
          :host(:not([${T.AUDIO}])[${T.GESTURES_DISABLED}]) media-gesture-receiver[slot=gestures-chrome] {
        display: none;
      }

      
      ::slotted(:not([slot=media]):not([slot=poster]):not(media-loading-indicator):not([role=dialog]):not([hidden])) {
        pointer-events: auto;
      }

      :host(:not([${T.AUDIO}])) *[part~=layer][part~=centered-layer] {
        align-items: center;
        justify-content: center;
      }

      :host(:not([${T.AUDIO}])) ::slotted(media-gesture-receiver[slot=gestures-chrome]),
      :host(:not([${T.AUDIO}])) media-gesture-receiver[slot=gestures-chrome] {
        align-self: stretch;
        flex-grow: 1;
      }

      slot[name=middle-chrome] {
        display: inline;
        flex-grow: 1;
        pointer-events: none;
        background: none;
      }

      
      ::slotted([slot=media]),
      ::slotted([slot=poster]) {
        width: 100%;
        height: 100%;
      }

      
      :host(:not([${T.AUDIO}])) .spacer {
        flex-grow: 1;
      }

      
      :host(:-webkit-full-screen) {
        
        width: 100% !important;
        height: 100% !important;
      }

      
      ::slotted(:not([slot=media]):not([slot=poster]):not([${T.NO_AUTOHIDE}]):not([hidden]):not([role=dialog])) {
        opacity: 1;
        transition: var(--media-control-transition-in, opacity 0.25s);
      }

      
      :host([${T.USER_INACTIVE}]:not([${o.MEDIA_PAUSED}]):not([${o.MEDIA_IS_AIRPLAYING}]):not([${o.MEDIA_IS_CASTING}]):not([${T.AUDIO}])) ::slotted(:not([slot=media]):not([slot=poster]):not([${T.NO_AUTOHIDE}]):not([role=dialog])) {
        opacity: 0;
        transition: var(--media-control-transition-out, opacity 1s);
      }

      :host([${T.USER_INACTIVE}]:not([${T.NO_AUTOHIDE}]):not([${o.MEDIA_PAUSED}]):not([${o.MEDIA_IS_CASTING}]):not([${T.AUDIO}])) ::slotted([slot=media]) {
        cursor: none;
      }

      :host([${T.USER_INACTIVE}][${T.AUTOHIDE_OVER_CONTROLS}]:not([${T.NO_AUTOHIDE}]):not([${o.MEDIA_PAUSED}]):not([${o.MEDIA_IS_CASTING}]):not([${T.AUDIO}])) * {
        --media-cursor: none;
        cursor: none;
      }


      ::slotted(media-control-bar)  {
        align-self: stretch;
      }

      
      
      :host(:not([${T.AUDIO}])[${o.MEDIA_HAS_PLAYED}]) slot[name=poster],
      :host(:not([${T.AUDIO}])[${o.MEDIA_STREAM_TYPE}="${de.ON_DEMAND}"][${o.MEDIA_CURRENT_TIME}]:not([${o.MEDIA_CURRENT_TIME}="0"])) slot[name=poster] {
        display: none;
      }

      ::slotted([role=dialog]) {
        width: 100%;
        height: 100%;
        align-self: center;
      }

      ::slotted([role=menu]) {
        align-self: end;
      }
    </style>

    <slot name="media" part="layer media-layer"></slot>
    <slot name="poster" part="layer poster-layer"></slot>
    <slot name="gestures-chrome" part="layer gesture-layer">
      <media-gesture-receiver slot="gestures-chrome">
        <template shadowrootmode="${wa.shadowRootOptions.mode}">
          ${wa.getTemplateHTML({})}
        </template>
      </media-gesture-receiver>
    </slot>
    <span part="layer vertical-layer">
      <slot name="top-chrome" part="top chrome"></slot>
      <slot name="middle-chrome" part="middle chrome"></slot>
      <slot name="centered-chrome" part="layer centered-layer center centered chrome"></slot>
      
      <slot part="bottom chrome"></slot>
    </span>
    <slot name="dialog" part="layer dialog-layer"></slot>
  `}var yc=Object.values(o),Ic="sm:384 md:576 lg:768 xl:960";function wc(t){al(t.target,t.contentRect.width)}function al(t,e){var i;if(!t.isConnected)return;let r=(i=t.getAttribute(T.BREAKPOINTS))!=null?i:Ic,n=Lc(r),a=Mc(n,e),s=!1;if(Object.keys(n).forEach(l=>{if(a.includes(l)){t.hasAttribute(`breakpoint${l}`)||(t.setAttribute(`breakpoint${l}`,""),s=!0);return}t.hasAttribute(`breakpoint${l}`)&&(t.removeAttribute(`breakpoint${l}`),s=!0)}),s){let l=new CustomEvent(ft.BREAKPOINTS_CHANGE,{detail:a});t.dispatchEvent(l)}t.breakpointsComputed||(t.breakpointsComputed=!0,t.dispatchEvent(new CustomEvent(ft.BREAKPOINTS_COMPUTED,{bubbles:!0,composed:!0})))}function Lc(t){let e=t.split(/\s+/);return Object.fromEntries(e.map(i=>i.split(":")))}function Mc(t,e){return Object.keys(t).filter(i=>e>=parseInt(t[i]))}var _t=class extends d.HTMLElement{constructor(){if(super(),re(this,Ra),re(this,Da),re(this,Ni),re(this,Vr),re(this,Qt),re(this,Pi,void 0),re(this,$r,0),re(this,Kt,null),re(this,Yt,null),re(this,Gt,void 0),this.breakpointsComputed=!1,re(this,Ma,e=>{let i=this.media;for(let r of e){if(r.type!=="childList")continue;let n=r.removedNodes;for(let a of n){if(a.slot!="media"||r.target!=this)continue;let s=r.previousSibling&&r.previousSibling.previousElementSibling;if(!s||!i)this.mediaUnsetCallback(a);else{let l=s.slot!=="media";for(;(s=s.previousSibling)!==null;)s.slot=="media"&&(l=!1);l&&this.mediaUnsetCallback(a)}}if(i)for(let a of r.addedNodes)a===i&&this.handleMediaUpdated(i)}}),re(this,qt,!1),re(this,Br,e=>{K(this,qt)||(setTimeout(()=>{wc(e),be(this,qt,!1)},0),be(this,qt,!0))}),re(this,it,void 0),re(this,Wr,()=>{if(!K(this,it).assignedElements({flatten:!0}).length){K(this,Kt)&&this.mediaUnsetCallback(K(this,Kt));return}this.handleMediaUpdated(this.media)}),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=W(this.attributes),i=this.constructor.getTemplateHTML(e);this.shadowRoot.setHTMLUnsafe?this.shadowRoot.setHTMLUnsafe(i):this.shadowRoot.innerHTML=i}be(this,Pi,new MutationObserver(K(this,Ma)))}static get observedAttributes(){return[T.AUTOHIDE,T.GESTURES_DISABLED].concat(yc).filter(e=>![o.MEDIA_RENDITION_LIST,o.MEDIA_AUDIO_TRACK_LIST,o.MEDIA_CHAPTERS_CUES,o.MEDIA_WIDTH,o.MEDIA_HEIGHT,o.MEDIA_ERROR,o.MEDIA_ERROR_MESSAGE].includes(e))}attributeChangedCallback(e,i,r){e.toLowerCase()==T.AUTOHIDE&&(this.autohide=r)}get media(){let e=this.querySelector(":scope > [slot=media]");return e?.nodeName=="SLOT"&&(e=e.assignedElements({flatten:!0})[0]),e}async handleMediaUpdated(e){e&&(be(this,Kt,e),e.localName.includes("-")&&await d.customElements.whenDefined(e.localName),this.mediaSetCallback(e))}connectedCallback(){var e;K(this,Pi).observe(this,{childList:!0,subtree:!0}),qe(this,K(this,Br));let r=this.getAttribute(T.AUDIO)!=null?_("audio player"):_("video player");this.setAttribute("role","region"),this.setAttribute("aria-label",r),this.handleMediaUpdated(this.media),this.setAttribute(T.USER_INACTIVE,""),al(this,this.getBoundingClientRect().width);let n=this.querySelector(":scope > slot[slot=media]");n&&(be(this,it,n),K(this,it).addEventListener("slotchange",K(this,Wr))),this.addEventListener("pointerdown",this),this.addEventListener("pointermove",this),this.addEventListener("pointerup",this),this.addEventListener("mouseleave",this),this.addEventListener("keyup",this),(e=d.window)==null||e.addEventListener("mouseup",this)}disconnectedCallback(){var e;Ge(this,K(this,Br)),clearTimeout(K(this,Yt)),K(this,Pi).disconnect(),this.media&&this.mediaUnsetCallback(this.media),(e=d.window)==null||e.removeEventListener("mouseup",this),this.removeEventListener("pointerdown",this),this.removeEventListener("pointermove",this),this.removeEventListener("pointerup",this),this.removeEventListener("mouseleave",this),this.removeEventListener("keyup",this),K(this,it)&&(K(this,it).removeEventListener("slotchange",K(this,Wr)),be(this,it,null)),be(this,qt,!1)}mediaSetCallback(e){}mediaUnsetCallback(e){be(this,Kt,null)}handleEvent(e){switch(e.type){case"pointerdown":be(this,$r,e.timeStamp);break;case"pointermove":Ae(this,Ra,rl).call(this,e);break;case"pointerup":Ae(this,Da,nl).call(this,e);break;case"mouseleave":Ae(this,Ni,Fr).call(this);break;case"mouseup":this.removeAttribute(T.KEYBOARD_CONTROL);break;case"keyup":Ae(this,Qt,Hi).call(this),this.setAttribute(T.KEYBOARD_CONTROL,"");break}}set autohide(e){let i=Number(e);be(this,Gt,isNaN(i)?0:i)}get autohide(){return(K(this,Gt)===void 0?2:K(this,Gt)).toString()}get breakpoints(){return R(this,T.BREAKPOINTS)}set breakpoints(e){L(this,T.BREAKPOINTS,e)}get audio(){return y(this,T.AUDIO)}set audio(e){I(this,T.AUDIO,e)}get gesturesDisabled(){return y(this,T.GESTURES_DISABLED)}set gesturesDisabled(e){I(this,T.GESTURES_DISABLED,e)}get keyboardControl(){return y(this,T.KEYBOARD_CONTROL)}set keyboardControl(e){I(this,T.KEYBOARD_CONTROL,e)}get noAutohide(){return y(this,T.NO_AUTOHIDE)}set noAutohide(e){I(this,T.NO_AUTOHIDE,e)}get autohideOverControls(){return y(this,T.AUTOHIDE_OVER_CONTROLS)}set autohideOverControls(e){I(this,T.AUTOHIDE_OVER_CONTROLS,e)}get userInteractive(){return y(this,T.USER_INACTIVE)}set userInteractive(e){I(this,T.USER_INACTIVE,e)}};Pi=new WeakMap;$r=new WeakMap;Kt=new WeakMap;Yt=new WeakMap;Gt=new WeakMap;Ma=new WeakMap;qt=new WeakMap;Br=new WeakMap;Ra=new WeakSet;rl=function(t){if(t.pointerType!=="mouse"&&t.timeStamp-K(this,$r)<250)return;Ae(this,Vr,xa).call(this),clearTimeout(K(this,Yt));let e=this.hasAttribute(T.AUTOHIDE_OVER_CONTROLS);([this,this.media].includes(t.target)||e)&&Ae(this,Qt,Hi).call(this)};Da=new WeakSet;nl=function(t){if(t.pointerType==="touch"){let e=!this.hasAttribute(T.USER_INACTIVE);[this,this.media].includes(t.target)&&e?Ae(this,Ni,Fr).call(this):Ae(this,Qt,Hi).call(this)}else t.composedPath().some(e=>["media-play-button","media-fullscreen-button"].includes(e?.localName))&&Ae(this,Qt,Hi).call(this)};Ni=new WeakSet;Fr=function(){if(K(this,Gt)<0||this.hasAttribute(T.USER_INACTIVE))return;this.setAttribute(T.USER_INACTIVE,"");let t=new d.CustomEvent(ft.USER_INACTIVE_CHANGE,{composed:!0,bubbles:!0,detail:!0});this.dispatchEvent(t)};Vr=new WeakSet;xa=function(){if(!this.hasAttribute(T.USER_INACTIVE))return;this.removeAttribute(T.USER_INACTIVE);let t=new d.CustomEvent(ft.USER_INACTIVE_CHANGE,{composed:!0,bubbles:!0,detail:!1});this.dispatchEvent(t)};Qt=new WeakSet;Hi=function(){Ae(this,Vr,xa).call(this),clearTimeout(K(this,Yt));let t=parseInt(this.autohide);t<0||be(this,Yt,setTimeout(()=>{Ae(this,Ni,Fr).call(this)},t*1e3))};it=new WeakMap;Wr=new WeakMap;_t.shadowRootOptions={mode:"open"};_t.getTemplateHTML=Sc;d.customElements.get("media-container")||d.customElements.define("media-container",_t);var Wa=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},At=(t,e,i)=>(Wa(t,e,"read from private field"),i?i.call(t):e.get(t)),Ye=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},$a=(t,e,i,r)=>(Wa(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),bt=(t,e,i)=>(Wa(t,e,"access private method"),i),qr,Wi,Tt,Kr,Oa,Ua,sl,Pa,ol,Na,ll,Ha,dl,Ba,cl;function Rc(t){return`
    <style>
      :host {
        font: var(--media-font,
          var(--media-font-weight, normal)
          var(--media-font-size, 14px) /
          var(--media-text-content-height, var(--media-control-height, 24px))
          var(--media-font-family, helvetica neue, segoe ui, roboto, arial, sans-serif));
        color: var(--media-text-color, var(--media-primary-color, rgb(238 238 238)));
        display: var(--media-dialog-display, inline-flex);
        justify-content: center;
        align-items: center;
        
        transition-behavior: allow-discrete;
        visibility: hidden;
        opacity: 0;
        transform: translateY(2px) scale(.99);
        pointer-events: none;
      }

      :host([open]) {
        transition: display .2s, visibility 0s, opacity .2s ease-out, transform .15s ease-out;
        visibility: visible;
        opacity: 1;
        transform: translateY(0) scale(1);
        pointer-events: auto;
      }

      #content {
        display: flex;
        position: relative;
        box-sizing: border-box;
        width: min(320px, 100%);
        word-wrap: break-word;
        max-height: 100%;
        overflow: auto;
        text-align: center;
        line-height: 1.4;
      }
    </style>
    ${this.getSlotTemplateHTML(t)}
  `}function Dc(t){return`
    <slot id="content"></slot>
  `}var Bi={OPEN:"open",ANCHOR:"anchor"},rt=class extends d.HTMLElement{constructor(){super(),Ye(this,Kr),Ye(this,Ua),Ye(this,Pa),Ye(this,Na),Ye(this,Ha),Ye(this,Ba),Ye(this,qr,!1),Ye(this,Wi,null),Ye(this,Tt,null)}static get observedAttributes(){return[Bi.OPEN,Bi.ANCHOR]}get open(){return y(this,Bi.OPEN)}set open(e){I(this,Bi.OPEN,e)}handleEvent(e){switch(e.type){case"invoke":bt(this,Na,ll).call(this,e);break;case"focusout":bt(this,Ha,dl).call(this,e);break;case"keydown":bt(this,Ba,cl).call(this,e);break}}connectedCallback(){bt(this,Kr,Oa).call(this),this.role||(this.role="dialog"),this.addEventListener("invoke",this),this.addEventListener("focusout",this),this.addEventListener("keydown",this)}disconnectedCallback(){this.removeEventListener("invoke",this),this.removeEventListener("focusout",this),this.removeEventListener("keydown",this)}attributeChangedCallback(e,i,r){bt(this,Kr,Oa).call(this),e===Bi.OPEN&&r!==i&&(this.open?bt(this,Ua,sl).call(this):bt(this,Pa,ol).call(this))}focus(){$a(this,Wi,Oi());let e=!this.dispatchEvent(new Event("focus",{composed:!0,cancelable:!0})),i=!this.dispatchEvent(new Event("focusin",{composed:!0,bubbles:!0,cancelable:!0}));if(e||i)return;let r=this.querySelector('[autofocus], [tabindex]:not([tabindex="-1"]), [role="menu"]');r?.focus()}get keysUsed(){return["Escape","Tab"]}};qr=new WeakMap;Wi=new WeakMap;Tt=new WeakMap;Kr=new WeakSet;Oa=function(){if(!At(this,qr)&&($a(this,qr,!0),!this.shadowRoot)){this.attachShadow(this.constructor.shadowRootOptions);let t=W(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(t),queueMicrotask(()=>{let{style:e}=N(this.shadowRoot,":host");e.setProperty("transition","display .15s, visibility .15s, opacity .15s ease-in, transform .15s ease-in")})}};Ua=new WeakSet;sl=function(){var t;(t=At(this,Tt))==null||t.setAttribute("aria-expanded","true"),this.dispatchEvent(new Event("open",{composed:!0,bubbles:!0})),this.addEventListener("transitionend",()=>this.focus(),{once:!0})};Pa=new WeakSet;ol=function(){var t;(t=At(this,Tt))==null||t.setAttribute("aria-expanded","false"),this.dispatchEvent(new Event("close",{composed:!0,bubbles:!0}))};Na=new WeakSet;ll=function(t){$a(this,Tt,t.relatedTarget),ie(this,t.relatedTarget)||(this.open=!this.open)};Ha=new WeakSet;dl=function(t){var e;ie(this,t.relatedTarget)||((e=At(this,Wi))==null||e.focus(),At(this,Tt)&&At(this,Tt)!==t.relatedTarget&&this.open&&(this.open=!1))};Ba=new WeakSet;cl=function(t){var e,i,r,n,a;let{key:s,ctrlKey:l,altKey:c,metaKey:u}=t;l||c||u||this.keysUsed.includes(s)&&(t.preventDefault(),t.stopPropagation(),s==="Tab"?(t.shiftKey?(i=(e=this.previousElementSibling)==null?void 0:e.focus)==null||i.call(e):(n=(r=this.nextElementSibling)==null?void 0:r.focus)==null||n.call(r),this.blur()):s==="Escape"&&((a=At(this,Wi))==null||a.focus(),this.open=!1))};rt.shadowRootOptions={mode:"open"};rt.getTemplateHTML=Rc;rt.getSlotTemplateHTML=Dc;d.customElements.get("media-chrome-dialog")||d.customElements.define("media-chrome-dialog",rt);var Cc=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},nt=(t,e,i)=>(Cc(t,e,"read from private field"),i?i.call(t):e.get(t)),ul=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},zt,Zt,$i={HOTKEYS:"hotkeys"},xc=[{keys:[{key:" ",label:"Space"},{key:"k"}],description:"Toggle Playback"},{keys:[{key:"m"}],description:"Toggle mute"},{keys:[{key:"f"}],description:"Toggle fullscreen"},{keys:[{key:"c"}],description:"Toggle captions or subtitles, if available"},{keys:[{key:"p"}],description:"Toggle Picture in Picture"},{keys:[{key:"ArrowLeft",label:"\u2190"},{key:"j"}],description:"Seek back 10s"},{keys:[{key:"ArrowRight",label:"\u2192"},{key:"l"}],description:"Seek forward 10s"},{keys:[{key:"ArrowUp",label:"\u2191"}],description:"Turn volume up"},{keys:[{key:"ArrowDown",label:"\u2193"}],description:"Turn volume down"},{keys:[{key:"<",label:"< (SHIFT+,)"}],description:"Decrease playback rate"},{keys:[{key:">",label:"> (SHIFT+.)"}],description:"Increase playback rate"},{keys:[{key:"shift+/",label:"SHIFT+/"}],description:"Show keyboard shortcuts"}];function Yr(t){return t===" "?"nospace":`no${t.toLowerCase()}`}function Oc(t){let e=new Set(t?.split(/\s+/));return xc.map(({keys:i,description:r})=>({keys:i.filter(({key:n})=>!e.has(Yr(n))),description:r})).filter(({keys:i})=>i.length)}function Uc(t){return`
    <style>
      :host {
        position: fixed;
        top: 0;
        left: 0;
        z-index: 9999;
        background: rgb(20 20 30 / .8);
        backdrop-filter: blur(10px);
      }

      #content {
        display: block;
        width: clamp(400px, 40vw, 700px);
        max-width: 90vw;
        text-align: left;
      }

      h2 {
        margin: 0 0 1.5rem 0;
        font-size: 1.5rem;
        font-weight: 500;
        text-align: center;
      }

      .shortcuts-table {
        width: 100%;
        border-collapse: collapse;
      }

      .shortcuts-table tr {
        border-bottom: 1px solid rgba(255, 255, 255, 0.1);
      }

      .shortcuts-table tr:last-child {
        border-bottom: none;
      }

      .shortcuts-table td {
        padding: 0.75rem 0.5rem;
      }

      .shortcuts-table td:first-child {
        text-align: right;
        padding-right: 1rem;
        width: 40%;
        min-width: 120px;
      }

      .shortcuts-table td:last-child {
        padding-left: 1rem;
      }

      .key {
        display: inline-block;
        background: rgba(255, 255, 255, 0.15);
        border: 1px solid rgba(255, 255, 255, 0.2);
        border-radius: 4px;
        padding: 0.25rem 0.5rem;
        font-family: 'Courier New', monospace;
        font-size: 0.9rem;
        font-weight: 500;
        min-width: 1.5rem;
        text-align: center;
        margin: 0 0.2rem;
      }

      .description {
        color: rgba(255, 255, 255, 0.9);
        font-size: 0.95rem;
      }

      .key-combo {
        display: flex;
        align-items: center;
        justify-content: flex-end;
        gap: 0.3rem;
      }

      .key-separator {
        color: rgba(255, 255, 255, 0.5);
        font-size: 0.9rem;
      }
    </style>
    <slot id="content">
      ${hl(t[$i.HOTKEYS])}
    </slot>
  `}function hl(t){return`
    <h2>Keyboard Shortcuts</h2>
    <table class="shortcuts-table">${Oc(t).map(({keys:i,description:r})=>`
        <tr>
          <td>
            <div class="key-combo">${i.map(({key:a,label:s=a},l)=>l>0?`<span class="key-separator">or</span><span class="key">${s}</span>`:`<span class="key">${s}</span>`).join("")}</div>
          </td>
          <td class="description">${r}</td>
        </tr>
      `).join("")}</table>
  `}var Gr=class extends rt{constructor(){super(...arguments),ul(this,zt,e=>{var i;if(!this.open)return;let r=(i=this.shadowRoot)==null?void 0:i.querySelector("#content");if(!r)return;let n=e.composedPath(),a=n[0]===this||n.includes(this),s=n.includes(r);a&&!s&&(this.open=!1)}),ul(this,Zt,e=>{if(!this.open)return;let i=e.shiftKey&&(e.key==="/"||e.key==="?");(e.key==="Escape"||i)&&!e.ctrlKey&&!e.altKey&&!e.metaKey&&(this.open=!1,e.preventDefault(),e.stopPropagation())})}static get observedAttributes(){return[...super.observedAttributes,$i.HOTKEYS]}get hotkeys(){var e;return(e=R(this,$i.HOTKEYS))!=null?e:void 0}set hotkeys(e){L(this,$i.HOTKEYS,e)}connectedCallback(){super.connectedCallback(),this.open&&(this.addEventListener("click",nt(this,zt)),document.addEventListener("keydown",nt(this,Zt)))}disconnectedCallback(){this.removeEventListener("click",nt(this,zt)),document.removeEventListener("keydown",nt(this,Zt))}attributeChangedCallback(e,i,r){var n;if(super.attributeChangedCallback(e,i,r),e==="open")this.open?(this.addEventListener("click",nt(this,zt)),document.addEventListener("keydown",nt(this,Zt))):(this.removeEventListener("click",nt(this,zt)),document.removeEventListener("keydown",nt(this,Zt)));else if(e===$i.HOTKEYS&&r!==i){let a=(n=this.shadowRoot)==null?void 0:n.querySelector("#content");a&&(a.innerHTML=hl(r))}}};zt=new WeakMap;Zt=new WeakMap;Gr.getSlotTemplateHTML=Uc;d.customElements.get("media-keyboard-shortcuts-dialog")||d.customElements.define("media-keyboard-shortcuts-dialog",Gr);var ml=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},X=(t,e,i)=>(ml(t,e,"read from private field"),i?i.call(t):e.get(t)),Fi=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Qr=(t,e,i,r)=>(ml(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),Xt,Jt,zr,kt,Qe,at,st=class{constructor(e,i,{defaultValue:r}={defaultValue:void 0}){Fi(this,Qe),Fi(this,Xt,void 0),Fi(this,Jt,void 0),Fi(this,zr,void 0),Fi(this,kt,new Set),Qr(this,Xt,e),Qr(this,Jt,i),Qr(this,zr,new Set(r))}[Symbol.iterator](){return X(this,Qe,at).values()}get length(){return X(this,Qe,at).size}get value(){var e;return(e=[...X(this,Qe,at)].join(" "))!=null?e:""}set value(e){var i;e!==this.value&&(Qr(this,kt,new Set),this.add(...(i=e?.split(" "))!=null?i:[]))}toString(){return this.value}item(e){return[...X(this,Qe,at)][e]}values(){return X(this,Qe,at).values()}forEach(e,i){X(this,Qe,at).forEach(e,i)}add(...e){var i,r;e.forEach(n=>X(this,kt).add(n)),!(this.value===""&&!((i=X(this,Xt))!=null&&i.hasAttribute(`${X(this,Jt)}`)))&&((r=X(this,Xt))==null||r.setAttribute(`${X(this,Jt)}`,`${this.value}`))}remove(...e){var i;e.forEach(r=>X(this,kt).delete(r)),(i=X(this,Xt))==null||i.setAttribute(`${X(this,Jt)}`,`${this.value}`)}contains(e){return X(this,Qe,at).has(e)}toggle(e,i){return typeof i<"u"?i?(this.add(e),!0):(this.remove(e),!1):this.contains(e)?(this.remove(e),!1):(this.add(e),!0)}replace(e,i){return this.remove(e),this.add(i),e===i}};Xt=new WeakMap;Jt=new WeakMap;zr=new WeakMap;kt=new WeakMap;Qe=new WeakSet;at=function(){return X(this,kt).size?X(this,kt):X(this,zr)};function pl(t){return t?.map(Pc).join(" ")}function vl(t){return t?.split(/\s+/).map(Nc)}function Pc(t){if(t){let{id:e,width:i,height:r}=t;return[e,i,r].filter(n=>n!=null).join(":")}}function Nc(t){if(t){let[e,i,r]=t.split(":");return{id:e,width:+i,height:+r}}}function El(t){return t?.map(Hc).join(" ")}function fl(t){return t?.split(/\s+/).map(Bc)}function Hc(t){if(t){let{id:e,kind:i,language:r,label:n}=t;return[e,i,r,n].filter(a=>a!=null).join(":")}}function Bc(t){if(t){let[e,i,r,n]=t.split(":");return{id:e,kind:i,language:r,label:n}}}function jt(t){return typeof t=="number"&&!Number.isNaN(t)&&Number.isFinite(t)}var Zr=t=>new Promise(e=>setTimeout(e,t));var Wc=(t="")=>t.split(/\s+/),gl=(t="")=>{let[e,i,r]=t.split(":"),n=r?decodeURIComponent(r):void 0;return{kind:e==="cc"?ae.CAPTIONS:ae.SUBTITLES,language:i,label:n}},Vi=(t="",e={})=>Wc(t).map(i=>{let r=gl(i);return{...e,...r}}),Fa=t=>t?Array.isArray(t)?t.map(e=>typeof e=="string"?gl(e):e):typeof t=="string"?Vi(t):[t]:[],Xr=({kind:t,label:e,language:i}={kind:"subtitles"})=>e?`${t==="captions"?"cc":"sb"}:${i}:${encodeURIComponent(e)}`:i,St=(t=[])=>Array.prototype.map.call(t,Xr).join(" "),$c=(t,e)=>i=>i[t]===e,_l=t=>{let e=Object.entries(t).map(([i,r])=>$c(i,r));return i=>e.every(r=>r(i))},yt=(t,e=[],i=[])=>{let r=Fa(i).map(_l),n=a=>r.some(s=>s(a));Array.from(e).filter(n).forEach(a=>{a.mode=t})},It=(t,e=()=>!0)=>{if(!t?.textTracks)return[];let i=typeof e=="function"?e:_l(e);return Array.from(t.textTracks).filter(i)},bl=t=>{var e;return!!((e=t.mediaSubtitlesShowing)!=null&&e.length)||t.hasAttribute(o.MEDIA_SUBTITLES_SHOWING)};var Tl=t=>{var e;let{media:i,fullscreenElement:r}=t;try{let n=r&&"requestFullscreen"in r?"requestFullscreen":r&&"webkitRequestFullScreen"in r?"webkitRequestFullScreen":void 0;if(n){let a=(e=r[n])==null?void 0:e.call(r);if(a instanceof Promise)return a.catch(()=>{})}else i?.webkitEnterFullscreen?i.webkitEnterFullscreen():i?.requestFullscreen&&i.requestFullscreen()}catch(n){console.error(n)}},Al="exitFullscreen"in P?"exitFullscreen":"webkitExitFullscreen"in P?"webkitExitFullscreen":"webkitCancelFullScreen"in P?"webkitCancelFullScreen":void 0,kl=t=>{var e;let{documentElement:i}=t;if(Al){let r=(e=i?.[Al])==null?void 0:e.call(i);if(r instanceof Promise)return r.catch(()=>{})}},Ki="fullscreenElement"in P?"fullscreenElement":"webkitFullscreenElement"in P?"webkitFullscreenElement":void 0,Fc=t=>{let{documentElement:e,media:i}=t,r=e?.[Ki];return!r&&"webkitDisplayingFullscreen"in i&&"webkitPresentationMode"in i&&i.webkitDisplayingFullscreen&&i.webkitPresentationMode===zo.FULLSCREEN?i:r},Sl=t=>{var e;let{media:i,documentElement:r,fullscreenElement:n=i}=t;if(!i||!r)return!1;let a=Fc(t);if(!a)return!1;if(a===n||a===i)return!0;if(a.localName.includes("-")){let s=a.shadowRoot;if(!(Ki in s))return ie(a,n);for(;s?.[Ki];){if(s[Ki]===n)return!0;s=(e=s[Ki])==null?void 0:e.shadowRoot}}return!1},Vc="fullscreenEnabled"in P?"fullscreenEnabled":"webkitFullscreenEnabled"in P?"webkitFullscreenEnabled":void 0,yl=t=>{let{documentElement:e,media:i}=t;return!!e?.[Vc]||i&&"webkitSupportsFullscreen"in i};var Jr,Va=()=>{var t,e;return Jr||(Jr=(e=(t=P)==null?void 0:t.createElement)==null?void 0:e.call(t,"video"),Jr)},Il=async(t=Va())=>{if(!t)return!1;let e=t.volume;t.volume=e/2+.1;let i=new AbortController,r=await Promise.race([Kc(t,i.signal),qc(t,e)]);return i.abort(),r},Kc=(t,e)=>new Promise(i=>{t.addEventListener("volumechange",()=>i(!0),{signal:e})}),qc=async(t,e)=>{for(let i=0;i<10;i++){if(t.volume===e)return!1;await Zr(10)}return t.volume!==e},Gc=/.*Version\/.*Safari\/.*/.test(d.navigator.userAgent),Ka=(t=Va())=>d.matchMedia("(display-mode: standalone)").matches&&Gc?!1:typeof t?.requestPictureInPicture=="function",qa=(t=Va())=>yl({documentElement:P,media:t}),wl=qa(),Ll=Ka(),Ml=!!d.WebKitPlaybackTargetAvailabilityEvent,Rl=!!d.chrome;var ei=t=>It(t.media,e=>[ae.SUBTITLES,ae.CAPTIONS].includes(e.kind)).sort((e,i)=>e.kind>=i.kind?1:-1),Ga=t=>It(t.media,e=>e.mode===tt.SHOWING&&[ae.SUBTITLES,ae.CAPTIONS].includes(e.kind)),jr=(t,e)=>{let i=ei(t),r=Ga(t),n=!!r.length;if(i.length){if(e===!1||n&&e!==!0)yt(tt.DISABLED,i,r);else if(e===!0||!n&&e!==!1){let a=i[0],{options:s}=t;if(!s?.noSubtitlesLangPref){let p=d.localStorage.getItem("media-chrome-pref-subtitles-lang"),b=p?[p,...d.navigator.languages]:d.navigator.languages,f=i.filter(m=>b.some(k=>m.language.toLowerCase().startsWith(k.split("-")[0]))).sort((m,k)=>{let A=b.findIndex(w=>m.language.toLowerCase().startsWith(w.split("-")[0])),M=b.findIndex(w=>k.language.toLowerCase().startsWith(w.split("-")[0]));return A-M});f[0]&&(a=f[0])}let{language:l,label:c,kind:u}=a;yt(tt.DISABLED,i,r),yt(tt.SHOWING,i,[{language:l,label:c,kind:u}])}}},en=(t,e)=>t===e?!0:t==null||e==null||typeof t!=typeof e?!1:typeof t=="number"&&Number.isNaN(t)&&Number.isNaN(e)?!0:typeof t!="object"?!1:Array.isArray(t)?Yc(t,e):Object.entries(t).every(([i,r])=>i in e&&en(r,e[i])),Yc=(t,e)=>{let i=Array.isArray(t),r=Array.isArray(e);return i!==r?!1:i||r?t.length!==e.length?!1:t.every((n,a)=>en(n,e[a])):!0};var Qc=Object.values(de),tn,zc=Il().then(t=>(tn=t,tn)),Dl=async(...t)=>{await Promise.all(t.filter(e=>e).map(async e=>{if(!("localName"in e&&e instanceof d.HTMLElement))return;let i=e.localName;if(!i.includes("-"))return;let r=d.customElements.get(i);r&&e instanceof r||(await d.customElements.whenDefined(i),d.customElements.upgrade(e))}))},Zc=new d.DOMParser,Xc=t=>t&&(Zc.parseFromString(t,"text/html").body.textContent||t),ti={mediaError:{get(t,e){let{media:i}=t;if(e?.type!=="playing")return i?.error},mediaEvents:["emptied","error","playing"]},mediaErrorCode:{get(t,e){var i;let{media:r}=t;if(e?.type!=="playing")return(i=r?.error)==null?void 0:i.code},mediaEvents:["emptied","error","playing"]},mediaErrorMessage:{get(t,e){var i,r;let{media:n}=t;if(e?.type!=="playing")return(r=(i=n?.error)==null?void 0:i.message)!=null?r:""},mediaEvents:["emptied","error","playing"]},mediaWidth:{get(t){var e;let{media:i}=t;return(e=i?.videoWidth)!=null?e:0},mediaEvents:["resize"]},mediaHeight:{get(t){var e;let{media:i}=t;return(e=i?.videoHeight)!=null?e:0},mediaEvents:["resize"]},mediaPaused:{get(t){var e;let{media:i}=t;return(e=i?.paused)!=null?e:!0},set(t,e){var i;let{media:r}=e;r&&(t?r.pause():(i=r.play())==null||i.catch(()=>{}))},mediaEvents:["play","playing","pause","emptied"]},mediaHasPlayed:{get(t,e){let{media:i}=t;return i?e?e.type==="playing":!i.paused:!1},mediaEvents:["playing","emptied"]},mediaEnded:{get(t){var e;let{media:i}=t;return(e=i?.ended)!=null?e:!1},mediaEvents:["seeked","ended","emptied"]},mediaPlaybackRate:{get(t){var e;let{media:i}=t;return(e=i?.playbackRate)!=null?e:1},set(t,e){let{media:i}=e;i&&Number.isFinite(+t)&&(i.playbackRate=+t)},mediaEvents:["ratechange","loadstart"]},mediaMuted:{get(t){var e;let{media:i}=t;return(e=i?.muted)!=null?e:!1},set(t,e){let{media:i,options:{noMutedPref:r}={}}=e;if(i){i.muted=t;try{let n=d.localStorage.getItem("media-chrome-pref-muted")!==null,a=i.hasAttribute("muted");if(r){n&&d.localStorage.removeItem("media-chrome-pref-muted");return}if(a&&!n)return;d.localStorage.setItem("media-chrome-pref-muted",t?"true":"false")}catch(n){console.debug("Error setting muted pref",n)}}},mediaEvents:["volumechange"],stateOwnersUpdateHandlers:[(t,e)=>{let{options:{noMutedPref:i}}=e,{media:r}=e;if(!(!r||r.muted||i))try{let n=d.localStorage.getItem("media-chrome-pref-muted")==="true";ti.mediaMuted.set(n,e),t(n)}catch(n){console.debug("Error getting muted pref",n)}}]},mediaLoop:{get(t){let{media:e}=t;return e?.loop},set(t,e){let{media:i}=e;i&&(i.loop=t)},mediaEvents:["medialooprequest"]},mediaVolume:{get(t){var e;let{media:i}=t;return(e=i?.volume)!=null?e:1},set(t,e){let{media:i,options:{noVolumePref:r}={}}=e;if(i){try{t==null?d.localStorage.removeItem("media-chrome-pref-volume"):!i.hasAttribute("muted")&&!r&&d.localStorage.setItem("media-chrome-pref-volume",t.toString())}catch(n){console.debug("Error setting volume pref",n)}Number.isFinite(+t)&&(i.volume=+t)}},mediaEvents:["volumechange"],stateOwnersUpdateHandlers:[(t,e)=>{let{options:{noVolumePref:i}}=e;if(!i)try{let{media:r}=e;if(!r)return;let n=d.localStorage.getItem("media-chrome-pref-volume");if(n==null)return;ti.mediaVolume.set(+n,e),t(+n)}catch(r){console.debug("Error getting volume pref",r)}}]},mediaVolumeLevel:{get(t){let{media:e}=t;return typeof e?.volume>"u"?"high":e.muted||e.volume===0?"off":e.volume<.5?"low":e.volume<.75?"medium":"high"},mediaEvents:["volumechange"]},mediaCurrentTime:{get(t){var e;let{media:i}=t;return(e=i?.currentTime)!=null?e:0},set(t,e){let{media:i}=e;!i||!jt(t)||(i.currentTime=t)},mediaEvents:["timeupdate","loadedmetadata","seeking"]},mediaDuration:{get(t){let{media:e,options:{defaultDuration:i}={}}=t;return i&&(!e||!e.duration||Number.isNaN(e.duration)||!Number.isFinite(e.duration))?i:Number.isFinite(e?.duration)?e.duration:Number.NaN},mediaEvents:["durationchange","loadedmetadata","emptied"]},mediaLoading:{get(t){let{media:e}=t;return e?.readyState<3},mediaEvents:["waiting","playing","emptied"]},mediaSeekable:{get(t){var e;let{media:i}=t;if(!((e=i?.seekable)!=null&&e.length))return;let r=i.seekable.start(0),n=i.seekable.end(i.seekable.length-1);if(!(!r&&!n))return[Number(r.toFixed(3)),Number(n.toFixed(3))]},mediaEvents:["loadedmetadata","emptied","progress","seekablechange"]},mediaBuffered:{get(t){var e;let{media:i}=t,r=(e=i?.buffered)!=null?e:[];return Array.from(r).map((n,a)=>[Number(r.start(a).toFixed(3)),Number(r.end(a).toFixed(3))])},mediaEvents:["progress","emptied"]},mediaStreamType:{get(t){let{media:e,options:{defaultStreamType:i}={}}=t,r=[de.LIVE,de.ON_DEMAND].includes(i)?i:void 0;if(!e)return r;let{streamType:n}=e;if(Qc.includes(n))return n===de.UNKNOWN?r:n;let a=e.duration;return a===1/0?de.LIVE:Number.isFinite(a)?de.ON_DEMAND:r},mediaEvents:["emptied","durationchange","loadedmetadata","streamtypechange"]},mediaTargetLiveWindow:{get(t){let{media:e}=t;if(!e)return Number.NaN;let{targetLiveWindow:i}=e,r=ti.mediaStreamType.get(t);return(i==null||Number.isNaN(i))&&r===de.LIVE?0:i},mediaEvents:["emptied","durationchange","loadedmetadata","streamtypechange","targetlivewindowchange"]},mediaTimeIsLive:{get(t){let{media:e,options:{liveEdgeOffset:i=10}={}}=t;if(!e)return!1;if(typeof e.liveEdgeStart=="number")return Number.isNaN(e.liveEdgeStart)?!1:e.currentTime>=e.liveEdgeStart;if(!(ti.mediaStreamType.get(t)===de.LIVE))return!1;let n=e.seekable;if(!n)return!0;if(!n.length)return!1;let a=n.end(n.length-1)-i;return e.currentTime>=a},mediaEvents:["playing","timeupdate","progress","waiting","emptied"]},mediaSubtitlesList:{get(t){return ei(t).map(({kind:e,label:i,language:r})=>({kind:e,label:i,language:r}))},mediaEvents:["loadstart"],textTracksEvents:["addtrack","removetrack"]},mediaSubtitlesShowing:{get(t){return Ga(t).map(({kind:e,label:i,language:r})=>({kind:e,label:i,language:r}))},mediaEvents:["loadstart"],textTracksEvents:["addtrack","removetrack","change"],stateOwnersUpdateHandlers:[(t,e)=>{var i,r;let{media:n,options:a}=e;if(!n)return;let s=l=>{var c;!a.defaultSubtitles||l&&![ae.CAPTIONS,ae.SUBTITLES].includes((c=l?.track)==null?void 0:c.kind)||jr(e,!0)};return n.addEventListener("loadstart",s),(i=n.textTracks)==null||i.addEventListener("addtrack",s),(r=n.textTracks)==null||r.addEventListener("removetrack",s),()=>{var l,c;n.removeEventListener("loadstart",s),(l=n.textTracks)==null||l.removeEventListener("addtrack",s),(c=n.textTracks)==null||c.removeEventListener("removetrack",s)}}]},mediaChaptersCues:{get(t){var e;let{media:i}=t;if(!i)return[];let[r]=It(i,{kind:ae.CHAPTERS});return Array.from((e=r?.cues)!=null?e:[]).map(({text:n,startTime:a,endTime:s})=>({text:Xc(n),startTime:a,endTime:s}))},mediaEvents:["loadstart","loadedmetadata"],textTracksEvents:["addtrack","removetrack","change"],stateOwnersUpdateHandlers:[(t,e)=>{var i;let{media:r}=e;if(!r)return;let n=r.querySelector('track[kind="chapters"][default][src]'),a=(i=r.shadowRoot)==null?void 0:i.querySelector(':is(video,audio) > track[kind="chapters"][default][src]');return n?.addEventListener("load",t),a?.addEventListener("load",t),()=>{n?.removeEventListener("load",t),a?.removeEventListener("load",t)}}]},mediaIsPip:{get(t){var e,i;let{media:r,documentElement:n}=t;if(!r||!n||!n.pictureInPictureElement)return!1;if(n.pictureInPictureElement===r)return!0;if(n.pictureInPictureElement instanceof HTMLMediaElement)return(e=r.localName)!=null&&e.includes("-")?ie(r,n.pictureInPictureElement):!1;if(n.pictureInPictureElement.localName.includes("-")){let a=n.pictureInPictureElement.shadowRoot;for(;a?.pictureInPictureElement;){if(a.pictureInPictureElement===r)return!0;a=(i=a.pictureInPictureElement)==null?void 0:i.shadowRoot}}return!1},set(t,e){let{media:i}=e;if(i)if(t){if(!P.pictureInPictureEnabled){console.warn("MediaChrome: Picture-in-picture is not enabled");return}if(!i.requestPictureInPicture){console.warn("MediaChrome: The current media does not support picture-in-picture");return}let r=()=>{console.warn("MediaChrome: The media is not ready for picture-in-picture. It must have a readyState > 0.")};i.requestPictureInPicture().catch(n=>{if(n.code===11){if(!i.src){console.warn("MediaChrome: The media is not ready for picture-in-picture. It must have a src set.");return}if(i.readyState===0&&i.preload==="none"){let a=()=>{i.removeEventListener("loadedmetadata",s),i.preload="none"},s=()=>{i.requestPictureInPicture().catch(r),a()};i.addEventListener("loadedmetadata",s),i.preload="metadata",setTimeout(()=>{i.readyState===0&&r(),a()},1e3)}else throw n}else throw n})}else P.pictureInPictureElement&&P.exitPictureInPicture()},mediaEvents:["enterpictureinpicture","leavepictureinpicture"]},mediaRenditionList:{get(t){var e;let{media:i}=t;return[...(e=i?.videoRenditions)!=null?e:[]].map(r=>({...r}))},mediaEvents:["emptied","loadstart"],videoRenditionsEvents:["addrendition","removerendition"]},mediaRenditionSelected:{get(t){var e,i,r;let{media:n}=t;return(r=(i=n?.videoRenditions)==null?void 0:i[(e=n.videoRenditions)==null?void 0:e.selectedIndex])==null?void 0:r.id},set(t,e){let{media:i}=e;if(!i?.videoRenditions){console.warn("MediaController: Rendition selection not supported by this media.");return}let r=t,n=Array.prototype.findIndex.call(i.videoRenditions,a=>a.id==r);i.videoRenditions.selectedIndex!=n&&(i.videoRenditions.selectedIndex=n)},mediaEvents:["emptied"],videoRenditionsEvents:["addrendition","removerendition","change"]},mediaAudioTrackList:{get(t){var e;let{media:i}=t;return[...(e=i?.audioTracks)!=null?e:[]]},mediaEvents:["emptied","loadstart"],audioTracksEvents:["addtrack","removetrack"]},mediaAudioTrackEnabled:{get(t){var e,i;let{media:r}=t;return(i=[...(e=r?.audioTracks)!=null?e:[]].find(n=>n.enabled))==null?void 0:i.id},set(t,e){let{media:i}=e;if(!i?.audioTracks){console.warn("MediaChrome: Audio track selection not supported by this media.");return}let r=t;for(let n of i.audioTracks)n.enabled=r==n.id},mediaEvents:["emptied"],audioTracksEvents:["addtrack","removetrack","change"]},mediaIsFullscreen:{get(t){return Sl(t)},set(t,e,i){var r,n;t?(Tl(e),i.detail&&!((r=e.media)!=null&&r.inert)&&((n=e.media)==null||n.focus())):kl(e)},rootEvents:["fullscreenchange","webkitfullscreenchange"],mediaEvents:["webkitbeginfullscreen","webkitendfullscreen","webkitpresentationmodechanged"]},mediaIsCasting:{get(t){var e;let{media:i}=t;return!i?.remote||((e=i.remote)==null?void 0:e.state)==="disconnected"?!1:i.remote.state==="connected"},set(t,e){var i,r;let{media:n}=e;if(n&&!(t&&((i=n.remote)==null?void 0:i.state)!=="disconnected")&&!(!t&&((r=n.remote)==null?void 0:r.state)!=="connected")){if(typeof n.remote.prompt!="function"){console.warn("MediaChrome: Casting is not supported in this environment");return}n.remote.prompt().catch(()=>{})}},remoteEvents:["connect","connecting","disconnect"]},mediaIsAirplaying:{get(){return!1},set(t,e){let{media:i}=e;if(i){if(!(i.webkitShowPlaybackTargetPicker&&d.WebKitPlaybackTargetAvailabilityEvent)){console.error("MediaChrome: received a request to select AirPlay but AirPlay is not supported in this environment");return}i.webkitShowPlaybackTargetPicker()}},mediaEvents:["webkitcurrentplaybacktargetiswirelesschanged"]},mediaFullscreenUnavailable:{get(t){let{media:e}=t;if(!wl||!qa(e))return se.UNSUPPORTED}},mediaPipUnavailable:{get(t){let{media:e}=t;if(!Ll||!Ka(e))return se.UNSUPPORTED;if(e?.disablePictureInPicture)return se.UNAVAILABLE}},mediaVolumeUnavailable:{get(t){let{media:e}=t;if(tn===!1||e?.volume==null)return se.UNSUPPORTED},stateOwnersUpdateHandlers:[t=>{tn==null&&zc.then(e=>t(e?void 0:se.UNSUPPORTED))}]},mediaCastUnavailable:{get(t,{availability:e="not-available"}={}){var i;let{media:r}=t;if(!Rl||!((i=r?.remote)!=null&&i.state))return se.UNSUPPORTED;if(!(e==null||e==="available"))return se.UNAVAILABLE},stateOwnersUpdateHandlers:[(t,e)=>{var i;let{media:r}=e;return r?(r.disableRemotePlayback||r.hasAttribute("disableremoteplayback")||(i=r?.remote)==null||i.watchAvailability(a=>{t({availability:a?"available":"not-available"})}).catch(a=>{a.name==="NotSupportedError"?t({availability:null}):t({availability:"not-available"})}),()=>{var a;(a=r?.remote)==null||a.cancelWatchAvailability().catch(()=>{})}):void 0}]},mediaAirplayUnavailable:{get(t,e){if(!Ml)return se.UNSUPPORTED;if(e?.availability==="not-available")return se.UNAVAILABLE},mediaEvents:["webkitplaybacktargetavailabilitychanged"],stateOwnersUpdateHandlers:[(t,e)=>{var i;let{media:r}=e;return r?(r.disableRemotePlayback||r.hasAttribute("disableremoteplayback")||(i=r?.remote)==null||i.watchAvailability(a=>{t({availability:a?"available":"not-available"})}).catch(a=>{a.name==="NotSupportedError"?t({availability:null}):t({availability:"not-available"})}),()=>{var a;(a=r?.remote)==null||a.cancelWatchAvailability().catch(()=>{})}):void 0}]},mediaRenditionUnavailable:{get(t){var e;let{media:i}=t;if(!i?.videoRenditions)return se.UNSUPPORTED;if(!((e=i.videoRenditions)!=null&&e.length))return se.UNAVAILABLE},mediaEvents:["emptied","loadstart"],videoRenditionsEvents:["addrendition","removerendition"]},mediaAudioTrackUnavailable:{get(t){var e,i;let{media:r}=t;if(!r?.audioTracks)return se.UNSUPPORTED;if(((i=(e=r.audioTracks)==null?void 0:e.length)!=null?i:0)<=1)return se.UNAVAILABLE},mediaEvents:["emptied","loadstart"],audioTracksEvents:["addtrack","removetrack"]},mediaLang:{get(t){let{options:{mediaLang:e}={}}=t;return e??"en"}}};var Cl={[v.MEDIA_PREVIEW_REQUEST](t,e,{detail:i}){var r,n,a;let{media:s}=e,l=i??void 0,c,u;if(s&&l!=null){let[m]=It(s,{kind:ae.METADATA,label:"thumbnails"}),k=Array.prototype.find.call((r=m?.cues)!=null?r:[],(A,M,w)=>M===0?A.endTime>l:M===w.length-1?A.startTime<=l:A.startTime<=l&&A.endTime>l);if(k){let A=/'^(?:[a-z]+:)?\/\//i.test(k.text)||(n=s?.querySelector('track[label="thumbnails"]'))==null?void 0:n.src,M=new URL(k.text,A);u=new URLSearchParams(M.hash).get("#xywh").split(",").map(te=>+te),c=M.href}}let p=t.mediaDuration.get(e),f=(a=t.mediaChaptersCues.get(e).find((m,k,A)=>k===A.length-1&&p===m.endTime?m.startTime<=l&&m.endTime>=l:m.startTime<=l&&m.endTime>l))==null?void 0:a.text;return i!=null&&f==null&&(f=""),{mediaPreviewTime:l,mediaPreviewImage:c,mediaPreviewCoords:u,mediaPreviewChapter:f}},[v.MEDIA_PAUSE_REQUEST](t,e){t["mediaPaused"].set(!0,e)},[v.MEDIA_PLAY_REQUEST](t,e){var i,r,n,a;let s="mediaPaused",c=t.mediaStreamType.get(e)===de.LIVE,u=!((i=e.options)!=null&&i.noAutoSeekToLive),p=t.mediaTargetLiveWindow.get(e)>0;if(c&&u&&!p){let b=(r=t.mediaSeekable.get(e))==null?void 0:r[1];if(b){let f=(a=(n=e.options)==null?void 0:n.seekToLiveOffset)!=null?a:0,m=b-f;t.mediaCurrentTime.set(m,e)}}t[s].set(!1,e)},[v.MEDIA_PLAYBACK_RATE_REQUEST](t,e,{detail:i}){let r="mediaPlaybackRate",n=i;t[r].set(n,e)},[v.MEDIA_MUTE_REQUEST](t,e){t["mediaMuted"].set(!0,e)},[v.MEDIA_UNMUTE_REQUEST](t,e){let i="mediaMuted";t.mediaVolume.get(e)||t.mediaVolume.set(.25,e),t[i].set(!1,e)},[v.MEDIA_LOOP_REQUEST](t,e,{detail:i}){let r="mediaLoop",n=!!i;return t[r].set(n,e),{mediaLoop:n}},[v.MEDIA_VOLUME_REQUEST](t,e,{detail:i}){let r="mediaVolume",n=i;n&&t.mediaMuted.get(e)&&t.mediaMuted.set(!1,e),t[r].set(n,e)},[v.MEDIA_SEEK_REQUEST](t,e,{detail:i}){let r="mediaCurrentTime",n=i;t[r].set(n,e)},[v.MEDIA_SEEK_TO_LIVE_REQUEST](t,e){var i,r,n;let a="mediaCurrentTime",s=(i=t.mediaSeekable.get(e))==null?void 0:i[1];if(Number.isNaN(Number(s)))return;let l=(n=(r=e.options)==null?void 0:r.seekToLiveOffset)!=null?n:0,c=s-l;t[a].set(c,e)},[v.MEDIA_SHOW_SUBTITLES_REQUEST](t,e,{detail:i}){var r;let{options:n}=e,a=ei(e),s=Fa(i),l=(r=s[0])==null?void 0:r.language;l&&!n.noSubtitlesLangPref&&d.localStorage.setItem("media-chrome-pref-subtitles-lang",l),yt(tt.SHOWING,a,s)},[v.MEDIA_DISABLE_SUBTITLES_REQUEST](t,e,{detail:i}){let r=ei(e),n=i??[];yt(tt.DISABLED,r,n)},[v.MEDIA_TOGGLE_SUBTITLES_REQUEST](t,e,{detail:i}){jr(e,i)},[v.MEDIA_RENDITION_REQUEST](t,e,{detail:i}){let r="mediaRenditionSelected",n=i;t[r].set(n,e)},[v.MEDIA_AUDIO_TRACK_REQUEST](t,e,{detail:i}){let r="mediaAudioTrackEnabled",n=i;t[r].set(n,e)},[v.MEDIA_ENTER_PIP_REQUEST](t,e){let i="mediaIsPip";t.mediaIsFullscreen.get(e)&&t.mediaIsFullscreen.set(!1,e),t[i].set(!0,e)},[v.MEDIA_EXIT_PIP_REQUEST](t,e){t["mediaIsPip"].set(!1,e)},[v.MEDIA_ENTER_FULLSCREEN_REQUEST](t,e,i){let r="mediaIsFullscreen";t.mediaIsPip.get(e)&&t.mediaIsPip.set(!1,e),t[r].set(!0,e,i)},[v.MEDIA_EXIT_FULLSCREEN_REQUEST](t,e){t["mediaIsFullscreen"].set(!1,e)},[v.MEDIA_ENTER_CAST_REQUEST](t,e){let i="mediaIsCasting";t.mediaIsFullscreen.get(e)&&t.mediaIsFullscreen.set(!1,e),t[i].set(!0,e)},[v.MEDIA_EXIT_CAST_REQUEST](t,e){t["mediaIsCasting"].set(!1,e)},[v.MEDIA_AIRPLAY_REQUEST](t,e){t["mediaIsAirplaying"].set(!0,e)}};var xl=({media:t,fullscreenElement:e,documentElement:i,stateMediator:r=ti,requestMap:n=Cl,options:a={},monitorStateOwnersOnlyWithSubscriptions:s=!0})=>{let l=[],c={options:{...a}},u=Object.freeze({mediaPreviewTime:void 0,mediaPreviewImage:void 0,mediaPreviewCoords:void 0,mediaPreviewChapter:void 0}),p=A=>{A!=null&&(en(A,u)||(u=Object.freeze({...u,...A}),l.forEach(M=>M(u))))},b=()=>{let A=Object.entries(r).reduce((M,[w,{get:te}])=>(M[w]=te(c),M),{});p(A)},f={},m,k=async(A,M)=>{var w,te,Mi,Ri,Ht,Ve,Ke,Di,Et,go,_o,bo,Ao,To,ko,So;let dc=!!m;if(m={...c,...m??{},...A},dc)return;await Dl(...Object.values(A));let Bt=l.length>0&&M===0&&s,yo=c.media!==m.media,Io=((w=c.media)==null?void 0:w.textTracks)!==((te=m.media)==null?void 0:te.textTracks),wo=((Mi=c.media)==null?void 0:Mi.videoRenditions)!==((Ri=m.media)==null?void 0:Ri.videoRenditions),Lo=((Ht=c.media)==null?void 0:Ht.audioTracks)!==((Ve=m.media)==null?void 0:Ve.audioTracks),Mo=((Ke=c.media)==null?void 0:Ke.remote)!==((Di=m.media)==null?void 0:Di.remote),Ro=c.documentElement!==m.documentElement,Do=!!c.media&&(yo||Bt),Co=!!((Et=c.media)!=null&&Et.textTracks)&&(Io||Bt),xo=!!((go=c.media)!=null&&go.videoRenditions)&&(wo||Bt),Oo=!!((_o=c.media)!=null&&_o.audioTracks)&&(Lo||Bt),Uo=!!((bo=c.media)!=null&&bo.remote)&&(Mo||Bt),Po=!!c.documentElement&&(Ro||Bt),ka=Do||Co||xo||Oo||Uo||Po,Wt=l.length===0&&M===1&&s,No=!!m.media&&(yo||Wt),Ho=!!((Ao=m.media)!=null&&Ao.textTracks)&&(Io||Wt),Bo=!!((To=m.media)!=null&&To.videoRenditions)&&(wo||Wt),Wo=!!((ko=m.media)!=null&&ko.audioTracks)&&(Lo||Wt),$o=!!((So=m.media)!=null&&So.remote)&&(Mo||Wt),Fo=!!m.documentElement&&(Ro||Wt),Vo=No||Ho||Bo||Wo||$o||Fo;if(!(ka||Vo)){Object.entries(m).forEach(([x,Ci])=>{c[x]=Ci}),b(),m=void 0;return}Object.entries(r).forEach(([x,{get:Ci,mediaEvents:cc=[],textTracksEvents:uc=[],videoRenditionsEvents:hc=[],audioTracksEvents:mc=[],remoteEvents:pc=[],rootEvents:vc=[],stateOwnersUpdateHandlers:Ec=[]}])=>{f[x]||(f[x]={});let le=B=>{let G=Ci(c,B);p({[x]:G})},Z;Z=f[x].mediaEvents,cc.forEach(B=>{Z&&Do&&(c.media.removeEventListener(B,Z),f[x].mediaEvents=void 0),No&&(m.media.addEventListener(B,le),f[x].mediaEvents=le)}),Z=f[x].textTracksEvents,uc.forEach(B=>{var G,ge;Z&&Co&&((G=c.media.textTracks)==null||G.removeEventListener(B,Z),f[x].textTracksEvents=void 0),Ho&&((ge=m.media.textTracks)==null||ge.addEventListener(B,le),f[x].textTracksEvents=le)}),Z=f[x].videoRenditionsEvents,hc.forEach(B=>{var G,ge;Z&&xo&&((G=c.media.videoRenditions)==null||G.removeEventListener(B,Z),f[x].videoRenditionsEvents=void 0),Bo&&((ge=m.media.videoRenditions)==null||ge.addEventListener(B,le),f[x].videoRenditionsEvents=le)}),Z=f[x].audioTracksEvents,mc.forEach(B=>{var G,ge;Z&&Oo&&((G=c.media.audioTracks)==null||G.removeEventListener(B,Z),f[x].audioTracksEvents=void 0),Wo&&((ge=m.media.audioTracks)==null||ge.addEventListener(B,le),f[x].audioTracksEvents=le)}),Z=f[x].remoteEvents,pc.forEach(B=>{var G,ge;Z&&Uo&&((G=c.media.remote)==null||G.removeEventListener(B,Z),f[x].remoteEvents=void 0),$o&&((ge=m.media.remote)==null||ge.addEventListener(B,le),f[x].remoteEvents=le)}),Z=f[x].rootEvents,vc.forEach(B=>{Z&&Po&&(c.documentElement.removeEventListener(B,Z),f[x].rootEvents=void 0),Fo&&(m.documentElement.addEventListener(B,le),f[x].rootEvents=le)});let Dr=f[x].stateOwnersUpdateHandlers;if(Dr&&ka&&(Array.isArray(Dr)?Dr:[Dr]).forEach(G=>{typeof G=="function"&&G()}),Vo){let B=Ec.map(G=>G(le,m)).filter(G=>typeof G=="function");f[x].stateOwnersUpdateHandlers=B.length===1?B[0]:B}else ka&&(f[x].stateOwnersUpdateHandlers=void 0)}),Object.entries(m).forEach(([x,Ci])=>{c[x]=Ci}),b(),m=void 0};return k({media:t,fullscreenElement:e,documentElement:i,options:a}),{dispatch(A){let{type:M,detail:w}=A;if(n[M]&&u.mediaErrorCode==null){p(n[M](r,c,A));return}M==="mediaelementchangerequest"?k({media:w}):M==="fullscreenelementchangerequest"?k({fullscreenElement:w}):M==="documentelementchangerequest"?k({documentElement:w}):M==="optionschangerequest"&&(Object.entries(w??{}).forEach(([te,Mi])=>{c.options[te]=Mi}),b())},getState(){return u},subscribe(A){return k({},l.length+1),l.push(A),A(u),()=>{let M=l.indexOf(A);M>=0&&(k({},l.length-1),l.splice(M,1))}}}};var Ja=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},g=(t,e,i)=>(Ja(t,e,"read from private field"),i?i.call(t):e.get(t)),ce=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Te=(t,e,i,r)=>(Ja(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),ot=(t,e,i)=>(Ja(t,e,"access private method"),i),ze,qi,D,ue,Gi,Le,rn,Yi,nn,Ya,Lt,an,Qa,Qi,sn,za,Wl,$l=["ArrowLeft","ArrowRight","ArrowUp","ArrowDown","Enter"," ","f","m","k","c","l","j",">","<","p"],Ol=10,Ul=.025,Pl=.25,Jc=.25,jc=2,h={DEFAULT_SUBTITLES:"defaultsubtitles",DEFAULT_STREAM_TYPE:"defaultstreamtype",DEFAULT_DURATION:"defaultduration",FULLSCREEN_ELEMENT:"fullscreenelement",HOTKEYS:"hotkeys",KEYBOARD_BACKWARD_SEEK_OFFSET:"keyboardbackwardseekoffset",KEYBOARD_FORWARD_SEEK_OFFSET:"keyboardforwardseekoffset",KEYBOARD_DOWN_VOLUME_STEP:"keyboarddownvolumestep",KEYBOARD_UP_VOLUME_STEP:"keyboardupvolumestep",KEYS_USED:"keysused",LANG:"lang",LOOP:"loop",LIVE_EDGE_OFFSET:"liveedgeoffset",NO_AUTO_SEEK_TO_LIVE:"noautoseektolive",NO_DEFAULT_STORE:"nodefaultstore",NO_HOTKEYS:"nohotkeys",NO_MUTED_PREF:"nomutedpref",NO_SUBTITLES_LANG_PREF:"nosubtitleslangpref",NO_VOLUME_PREF:"novolumepref",SEEK_TO_LIVE_OFFSET:"seektoliveoffset"},Za=class extends _t{constructor(){super(),ce(this,nn),ce(this,an),ce(this,Qi),ce(this,za),this.mediaStateReceivers=[],this.associatedElementSubscriptions=new Map,ce(this,ze,new st(this,h.HOTKEYS)),ce(this,qi,void 0),ce(this,D,void 0),ce(this,ue,null),ce(this,Gi,void 0),ce(this,Le,void 0),ce(this,rn,i=>{var r;(r=g(this,D))==null||r.dispatch(i)}),ce(this,Yi,void 0),ce(this,Lt,i=>{let{key:r,shiftKey:n}=i;if(!(n&&(r==="/"||r==="?")||$l.includes(r))){this.removeEventListener("keyup",g(this,Lt));return}this.keyboardShortcutHandler(i)}),this.associateElement(this);let e={};Te(this,Gi,i=>{Object.entries(i).forEach(([r,n])=>{if(r in e&&e[r]===n)return;this.propagateMediaState(r,n);let a=r.toLowerCase(),s=new d.CustomEvent(Qo[a],{composed:!0,detail:n});this.dispatchEvent(s)}),e=i})}static get observedAttributes(){return super.observedAttributes.concat(h.NO_HOTKEYS,h.HOTKEYS,h.DEFAULT_STREAM_TYPE,h.DEFAULT_SUBTITLES,h.DEFAULT_DURATION,h.NO_MUTED_PREF,h.NO_VOLUME_PREF,h.LANG,h.LOOP,h.LIVE_EDGE_OFFSET,h.SEEK_TO_LIVE_OFFSET,h.NO_AUTO_SEEK_TO_LIVE)}get mediaStore(){return g(this,D)}set mediaStore(e){var i,r;if(g(this,D)&&((i=g(this,Le))==null||i.call(this),Te(this,Le,void 0)),Te(this,D,e),!g(this,D)&&!this.hasAttribute(h.NO_DEFAULT_STORE)){ot(this,nn,Ya).call(this);return}Te(this,Le,(r=g(this,D))==null?void 0:r.subscribe(g(this,Gi)))}get fullscreenElement(){var e;return(e=g(this,qi))!=null?e:this}set fullscreenElement(e){var i;this.hasAttribute(h.FULLSCREEN_ELEMENT)&&this.removeAttribute(h.FULLSCREEN_ELEMENT),Te(this,qi,e),(i=g(this,D))==null||i.dispatch({type:"fullscreenelementchangerequest",detail:this.fullscreenElement})}get defaultSubtitles(){return y(this,h.DEFAULT_SUBTITLES)}set defaultSubtitles(e){I(this,h.DEFAULT_SUBTITLES,e)}get defaultStreamType(){return R(this,h.DEFAULT_STREAM_TYPE)}set defaultStreamType(e){L(this,h.DEFAULT_STREAM_TYPE,e)}get defaultDuration(){return $(this,h.DEFAULT_DURATION)}set defaultDuration(e){F(this,h.DEFAULT_DURATION,e)}get noHotkeys(){return y(this,h.NO_HOTKEYS)}set noHotkeys(e){I(this,h.NO_HOTKEYS,e)}get keysUsed(){return R(this,h.KEYS_USED)}set keysUsed(e){L(this,h.KEYS_USED,e)}get liveEdgeOffset(){return $(this,h.LIVE_EDGE_OFFSET)}set liveEdgeOffset(e){F(this,h.LIVE_EDGE_OFFSET,e)}get noAutoSeekToLive(){return y(this,h.NO_AUTO_SEEK_TO_LIVE)}set noAutoSeekToLive(e){I(this,h.NO_AUTO_SEEK_TO_LIVE,e)}get noVolumePref(){return y(this,h.NO_VOLUME_PREF)}set noVolumePref(e){I(this,h.NO_VOLUME_PREF,e)}get noMutedPref(){return y(this,h.NO_MUTED_PREF)}set noMutedPref(e){I(this,h.NO_MUTED_PREF,e)}get noSubtitlesLangPref(){return y(this,h.NO_SUBTITLES_LANG_PREF)}set noSubtitlesLangPref(e){I(this,h.NO_SUBTITLES_LANG_PREF,e)}get noDefaultStore(){return y(this,h.NO_DEFAULT_STORE)}set noDefaultStore(e){I(this,h.NO_DEFAULT_STORE,e)}get resolvedLang(){return il()}attributeChangedCallback(e,i,r){var n,a,s,l,c,u,p,b,f,m,k,A;if(super.attributeChangedCallback(e,i,r),e===h.NO_HOTKEYS)r!==i&&r===""?(this.hasAttribute(h.HOTKEYS)&&console.warn("Media Chrome: Both `hotkeys` and `nohotkeys` have been set. All hotkeys will be disabled."),this.disableHotkeys()):r!==i&&r===null&&this.enableHotkeys(),ot(this,Qi,sn).call(this);else if(e===h.HOTKEYS)g(this,ze).value=r,ot(this,Qi,sn).call(this);else if(e===h.DEFAULT_SUBTITLES&&r!==i)(n=g(this,D))==null||n.dispatch({type:"optionschangerequest",detail:{defaultSubtitles:this.hasAttribute(h.DEFAULT_SUBTITLES)}});else if(e===h.DEFAULT_STREAM_TYPE)(s=g(this,D))==null||s.dispatch({type:"optionschangerequest",detail:{defaultStreamType:(a=this.getAttribute(h.DEFAULT_STREAM_TYPE))!=null?a:void 0}});else if(e===h.LIVE_EDGE_OFFSET&&r!==i)(l=g(this,D))==null||l.dispatch({type:"optionschangerequest",detail:{liveEdgeOffset:this.hasAttribute(h.LIVE_EDGE_OFFSET)?+this.getAttribute(h.LIVE_EDGE_OFFSET):void 0,seekToLiveOffset:this.hasAttribute(h.SEEK_TO_LIVE_OFFSET)?+this.getAttribute(h.SEEK_TO_LIVE_OFFSET):this.hasAttribute(h.LIVE_EDGE_OFFSET)?+this.getAttribute(h.LIVE_EDGE_OFFSET):void 0}});else if(e===h.SEEK_TO_LIVE_OFFSET&&r!==i)(c=g(this,D))==null||c.dispatch({type:"optionschangerequest",detail:{seekToLiveOffset:this.hasAttribute(h.SEEK_TO_LIVE_OFFSET)?+this.getAttribute(h.SEEK_TO_LIVE_OFFSET):this.hasAttribute(h.LIVE_EDGE_OFFSET)?+this.getAttribute(h.LIVE_EDGE_OFFSET):void 0}});else if(e===h.NO_AUTO_SEEK_TO_LIVE)(u=g(this,D))==null||u.dispatch({type:"optionschangerequest",detail:{noAutoSeekToLive:this.hasAttribute(h.NO_AUTO_SEEK_TO_LIVE)}});else if(e===h.FULLSCREEN_ELEMENT){let M=r?(p=this.getRootNode())==null?void 0:p.getElementById(r):void 0;Te(this,qi,M),(b=g(this,D))==null||b.dispatch({type:"fullscreenelementchangerequest",detail:this.fullscreenElement})}else e===h.LANG&&r!==i?(La(r),(f=g(this,D))==null||f.dispatch({type:"optionschangerequest",detail:{mediaLang:r}})):e===h.LOOP&&r!==i?(m=g(this,D))==null||m.dispatch({type:v.MEDIA_LOOP_REQUEST,detail:r!=null}):e===h.NO_VOLUME_PREF&&r!==i?(k=g(this,D))==null||k.dispatch({type:"optionschangerequest",detail:{noVolumePref:this.hasAttribute(h.NO_VOLUME_PREF)}}):e===h.NO_MUTED_PREF&&r!==i&&((A=g(this,D))==null||A.dispatch({type:"optionschangerequest",detail:{noMutedPref:this.hasAttribute(h.NO_MUTED_PREF)}}))}connectedCallback(){var e,i,r;this.associateElement(this),!g(this,D)&&!this.hasAttribute(h.NO_DEFAULT_STORE)&&ot(this,nn,Ya).call(this),(e=g(this,D))==null||e.dispatch({type:"documentelementchangerequest",detail:P}),(i=g(this,D))==null||i.dispatch({type:"fullscreenelementchangerequest",detail:this.fullscreenElement}),super.connectedCallback(),g(this,D)&&!g(this,Le)&&Te(this,Le,(r=g(this,D))==null?void 0:r.subscribe(g(this,Gi))),g(this,Yi)!==void 0&&g(this,D)&&this.media&&setTimeout(()=>{var n,a,s;(a=(n=this.media)==null?void 0:n.textTracks)!=null&&a.length&&((s=g(this,D))==null||s.dispatch({type:v.MEDIA_TOGGLE_SUBTITLES_REQUEST,detail:g(this,Yi)}))},0),this.hasAttribute(h.NO_HOTKEYS)?this.disableHotkeys():this.enableHotkeys()}disconnectedCallback(){var e,i,r,n,a,s;if((e=super.disconnectedCallback)==null||e.call(this),this.disableHotkeys(),g(this,D)){let l=g(this,D).getState();Te(this,Yi,!!((i=l.mediaSubtitlesShowing)!=null&&i.length)),(r=g(this,D))==null||r.dispatch({type:"fullscreenelementchangerequest",detail:void 0}),(n=g(this,D))==null||n.dispatch({type:"documentelementchangerequest",detail:void 0}),(a=g(this,D))==null||a.dispatch({type:v.MEDIA_TOGGLE_SUBTITLES_REQUEST,detail:!1})}g(this,Le)&&((s=g(this,Le))==null||s.call(this),Te(this,Le,void 0)),this.unassociateElement(this),g(this,ue)&&(g(this,ue).remove(),Te(this,ue,null))}mediaSetCallback(e){var i;super.mediaSetCallback(e),(i=g(this,D))==null||i.dispatch({type:"mediaelementchangerequest",detail:e}),e.hasAttribute("tabindex")||(e.tabIndex=-1)}mediaUnsetCallback(e){var i;super.mediaUnsetCallback(e),(i=g(this,D))==null||i.dispatch({type:"mediaelementchangerequest",detail:void 0})}propagateMediaState(e,i){Bl(this.mediaStateReceivers,e,i)}associateElement(e){if(!e)return;let{associatedElementSubscriptions:i}=this;if(i.has(e))return;let r=this.registerMediaStateReceiver.bind(this),n=this.unregisterMediaStateReceiver.bind(this),a=au(e,r,n);Object.values(v).forEach(s=>{e.addEventListener(s,g(this,rn))}),i.set(e,a)}unassociateElement(e){if(!e)return;let{associatedElementSubscriptions:i}=this;if(!i.has(e))return;i.get(e)(),i.delete(e),Object.values(v).forEach(n=>{e.removeEventListener(n,g(this,rn))})}registerMediaStateReceiver(e){if(!e)return;let i=this.mediaStateReceivers;i.indexOf(e)>-1||(i.push(e),g(this,D)&&Object.entries(g(this,D).getState()).forEach(([n,a])=>{Bl([e],n,a)}))}unregisterMediaStateReceiver(e){let i=this.mediaStateReceivers,r=i.indexOf(e);r<0||i.splice(r,1)}enableHotkeys(){this.addEventListener("keydown",ot(this,an,Qa))}disableHotkeys(){this.removeEventListener("keydown",ot(this,an,Qa)),this.removeEventListener("keyup",g(this,Lt))}get hotkeys(){return g(this,ze)}set hotkeys(e){L(this,h.HOTKEYS,e)}keyboardShortcutHandler(e){var i,r,n,a,s,l,c,u,p;let b=e.target;if(((n=(r=(i=b.getAttribute(h.KEYS_USED))==null?void 0:i.split(" "))!=null?r:b?.keysUsed)!=null?n:[]).map(w=>w==="Space"?" ":w).filter(Boolean).includes(e.key))return;let m,k,A;if(!(g(this,ze).contains(Yr(e.key))||e.shiftKey&&(e.key==="/"||e.key==="?")&&g(this,ze).contains("noshift+/")))switch(e.key){case" ":case"k":m=g(this,D).getState().mediaPaused?v.MEDIA_PLAY_REQUEST:v.MEDIA_PAUSE_REQUEST,this.dispatchEvent(new d.CustomEvent(m,{composed:!0,bubbles:!0}));break;case"m":m=this.mediaStore.getState().mediaVolumeLevel==="off"?v.MEDIA_UNMUTE_REQUEST:v.MEDIA_MUTE_REQUEST,this.dispatchEvent(new d.CustomEvent(m,{composed:!0,bubbles:!0}));break;case"f":m=this.mediaStore.getState().mediaIsFullscreen?v.MEDIA_EXIT_FULLSCREEN_REQUEST:v.MEDIA_ENTER_FULLSCREEN_REQUEST,this.dispatchEvent(new d.CustomEvent(m,{composed:!0,bubbles:!0}));break;case"c":this.dispatchEvent(new d.CustomEvent(v.MEDIA_TOGGLE_SUBTITLES_REQUEST,{composed:!0,bubbles:!0}));break;case"ArrowLeft":case"j":{let w=this.hasAttribute(h.KEYBOARD_BACKWARD_SEEK_OFFSET)?+this.getAttribute(h.KEYBOARD_BACKWARD_SEEK_OFFSET):Ol;k=Math.max(((a=this.mediaStore.getState().mediaCurrentTime)!=null?a:0)-w,0),A=new d.CustomEvent(v.MEDIA_SEEK_REQUEST,{composed:!0,bubbles:!0,detail:k}),this.dispatchEvent(A);break}case"ArrowRight":case"l":{let w=this.hasAttribute(h.KEYBOARD_FORWARD_SEEK_OFFSET)?+this.getAttribute(h.KEYBOARD_FORWARD_SEEK_OFFSET):Ol;k=Math.max(((s=this.mediaStore.getState().mediaCurrentTime)!=null?s:0)+w,0),A=new d.CustomEvent(v.MEDIA_SEEK_REQUEST,{composed:!0,bubbles:!0,detail:k}),this.dispatchEvent(A);break}case"ArrowUp":{let w=this.hasAttribute(h.KEYBOARD_UP_VOLUME_STEP)?+this.getAttribute(h.KEYBOARD_UP_VOLUME_STEP):Ul;k=Math.min(((l=this.mediaStore.getState().mediaVolume)!=null?l:1)+w,1),A=new d.CustomEvent(v.MEDIA_VOLUME_REQUEST,{composed:!0,bubbles:!0,detail:k}),this.dispatchEvent(A);break}case"ArrowDown":{let w=this.hasAttribute(h.KEYBOARD_DOWN_VOLUME_STEP)?+this.getAttribute(h.KEYBOARD_DOWN_VOLUME_STEP):Ul;k=Math.max(((c=this.mediaStore.getState().mediaVolume)!=null?c:1)-w,0),A=new d.CustomEvent(v.MEDIA_VOLUME_REQUEST,{composed:!0,bubbles:!0,detail:k}),this.dispatchEvent(A);break}case"<":{let w=(u=this.mediaStore.getState().mediaPlaybackRate)!=null?u:1;k=Math.max(w-Pl,Jc).toFixed(2),A=new d.CustomEvent(v.MEDIA_PLAYBACK_RATE_REQUEST,{composed:!0,bubbles:!0,detail:k}),this.dispatchEvent(A);break}case">":{let w=(p=this.mediaStore.getState().mediaPlaybackRate)!=null?p:1;k=Math.min(w+Pl,jc).toFixed(2),A=new d.CustomEvent(v.MEDIA_PLAYBACK_RATE_REQUEST,{composed:!0,bubbles:!0,detail:k}),this.dispatchEvent(A);break}case"/":case"?":{e.shiftKey&&ot(this,za,Wl).call(this);break}case"p":{m=this.mediaStore.getState().mediaIsPip?v.MEDIA_EXIT_PIP_REQUEST:v.MEDIA_ENTER_PIP_REQUEST,A=new d.CustomEvent(m,{composed:!0,bubbles:!0}),this.dispatchEvent(A);break}default:break}}};ze=new WeakMap;qi=new WeakMap;D=new WeakMap;ue=new WeakMap;Gi=new WeakMap;Le=new WeakMap;rn=new WeakMap;Yi=new WeakMap;nn=new WeakSet;Ya=function(){var t;this.mediaStore=xl({media:this.media,fullscreenElement:this.fullscreenElement,options:{defaultSubtitles:this.hasAttribute(h.DEFAULT_SUBTITLES),defaultDuration:this.hasAttribute(h.DEFAULT_DURATION)?+this.getAttribute(h.DEFAULT_DURATION):void 0,defaultStreamType:(t=this.getAttribute(h.DEFAULT_STREAM_TYPE))!=null?t:void 0,liveEdgeOffset:this.hasAttribute(h.LIVE_EDGE_OFFSET)?+this.getAttribute(h.LIVE_EDGE_OFFSET):void 0,seekToLiveOffset:this.hasAttribute(h.SEEK_TO_LIVE_OFFSET)?+this.getAttribute(h.SEEK_TO_LIVE_OFFSET):this.hasAttribute(h.LIVE_EDGE_OFFSET)?+this.getAttribute(h.LIVE_EDGE_OFFSET):void 0,noAutoSeekToLive:this.hasAttribute(h.NO_AUTO_SEEK_TO_LIVE),noVolumePref:this.hasAttribute(h.NO_VOLUME_PREF),noMutedPref:this.hasAttribute(h.NO_MUTED_PREF),noSubtitlesLangPref:this.hasAttribute(h.NO_SUBTITLES_LANG_PREF)}})};Lt=new WeakMap;an=new WeakSet;Qa=function(t){var e;let{metaKey:i,altKey:r,key:n,shiftKey:a}=t,s=a&&(n==="/"||n==="?");if(s&&((e=g(this,ue))!=null&&e.open)){this.removeEventListener("keyup",g(this,Lt));return}if(i||r||!s&&!$l.includes(n)){this.removeEventListener("keyup",g(this,Lt));return}let l=t.target,c=l instanceof HTMLElement&&(l.tagName.toLowerCase()==="media-volume-range"||l.tagName.toLowerCase()==="media-time-range");[" ","ArrowLeft","ArrowRight","ArrowUp","ArrowDown"].includes(n)&&!g(this,ze).contains(Yr(n))&&!c&&t.preventDefault(),this.addEventListener("keyup",g(this,Lt),{once:!0})};Qi=new WeakSet;sn=function(){g(this,ue)&&(g(this,ue).hotkeys=g(this,ze).value||void 0,(this.noHotkeys||g(this,ze).contains("noshift+/"))&&(g(this,ue).open=!1))};za=new WeakSet;Wl=function(){g(this,ue)||(Te(this,ue,P.createElement("media-keyboard-shortcuts-dialog")),ot(this,Qi,sn).call(this),this.appendChild(g(this,ue))),g(this,ue).open=!0};var eu=Object.values(o),tu=Object.values(ya),Fl=t=>{var e,i,r,n;let{observedAttributes:a}=t.constructor;!a&&((e=t.nodeName)!=null&&e.includes("-"))&&(d.customElements.upgrade(t),{observedAttributes:a}=t.constructor);let s=(n=(r=(i=t?.getAttribute)==null?void 0:i.call(t,S.MEDIA_CHROME_ATTRIBUTES))==null?void 0:r.split)==null?void 0:n.call(r,/\s+/);return Array.isArray(a||s)?(a||s).filter(l=>eu.includes(l)):[]},iu=t=>{var e,i;return(e=t.nodeName)!=null&&e.includes("-")&&d.customElements.get((i=t.nodeName)==null?void 0:i.toLowerCase())&&!(t instanceof d.customElements.get(t.nodeName.toLowerCase()))&&d.customElements.upgrade(t),tu.some(r=>r in t)},Xa=t=>iu(t)||!!Fl(t).length,Nl=t=>{var e;return(e=t?.join)==null?void 0:e.call(t,":")},Hl={[o.MEDIA_SUBTITLES_LIST]:St,[o.MEDIA_SUBTITLES_SHOWING]:St,[o.MEDIA_SEEKABLE]:Nl,[o.MEDIA_BUFFERED]:t=>t?.map(Nl).join(" "),[o.MEDIA_PREVIEW_COORDS]:t=>t?.join(" "),[o.MEDIA_RENDITION_LIST]:pl,[o.MEDIA_AUDIO_TRACK_LIST]:El},ru=async(t,e,i)=>{var r,n;if(t.isConnected||await Zr(0),typeof i=="boolean"||i==null)return I(t,e,i);if(typeof i=="number")return F(t,e,i);if(typeof i=="string")return L(t,e,i);if(Array.isArray(i)&&!i.length)return t.removeAttribute(e);let a=(n=(r=Hl[e])==null?void 0:r.call(Hl,i))!=null?n:i;return t.setAttribute(e,a)},nu=t=>{var e;return!!((e=t.closest)!=null&&e.call(t,'*[slot="media"]'))},wt=(t,e)=>{if(nu(t))return;let i=(n,a)=>{var s,l;Xa(n)&&a(n);let{children:c=[]}=n??{},u=(l=(s=n?.shadowRoot)==null?void 0:s.children)!=null?l:[];[...c,...u].forEach(b=>wt(b,a))},r=t?.nodeName.toLowerCase();if(r.includes("-")&&!Xa(t)){d.customElements.whenDefined(r).then(()=>{i(t,e)});return}i(t,e)},Bl=(t,e,i)=>{t.forEach(r=>{if(e in r){r[e]=i;return}let n=Fl(r),a=e.toLowerCase();n.includes(a)&&ru(r,a,i)})},au=(t,e,i)=>{wt(t,e);let r=p=>{var b;let f=(b=p?.composedPath()[0])!=null?b:p.target;e(f)},n=p=>{var b;let f=(b=p?.composedPath()[0])!=null?b:p.target;i(f)};t.addEventListener(v.REGISTER_MEDIA_STATE_RECEIVER,r),t.addEventListener(v.UNREGISTER_MEDIA_STATE_RECEIVER,n);let a=p=>{p.forEach(b=>{let{addedNodes:f=[],removedNodes:m=[],type:k,target:A,attributeName:M}=b;k==="childList"?(Array.prototype.forEach.call(f,w=>wt(w,e)),Array.prototype.forEach.call(m,w=>wt(w,i))):k==="attributes"&&M===S.MEDIA_CHROME_ATTRIBUTES&&(Xa(A)?e(A):i(A))})},s=[],l=p=>{let b=p.target;b.name!=="media"&&(s.forEach(f=>wt(f,i)),s=[...b.assignedElements({flatten:!0})],s.forEach(f=>wt(f,e)))};t.addEventListener("slotchange",l);let c=new MutationObserver(a);return c.observe(t,{childList:!0,attributes:!0,subtree:!0}),()=>{wt(t,i),t.removeEventListener("slotchange",l),c.disconnect(),t.removeEventListener(v.REGISTER_MEDIA_STATE_RECEIVER,r),t.removeEventListener(v.UNREGISTER_MEDIA_STATE_RECEIVER,n)}};d.customElements.get("media-controller")||d.customElements.define("media-controller",Za);var Vl=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},on=(t,e,i)=>(Vl(t,e,"read from private field"),i?i.call(t):e.get(t)),su=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},ln=(t,e,i,r)=>(Vl(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),Me;function ou(t){return`
    <style>
      :host {
        
        box-sizing: border-box;
        display: var(--media-control-display, var(--media-control-bar-display, inline-flex));
        color: var(--media-text-color, var(--media-primary-color, rgb(238 238 238)));
        --media-loading-indicator-icon-height: 44px;
      }

      ::slotted(media-time-range),
      ::slotted(media-volume-range) {
        min-height: 100%;
      }

      ::slotted(media-time-range),
      ::slotted(media-clip-selector) {
        flex-grow: 1;
      }

      ::slotted([role="menu"]) {
        position: absolute;
      }
    </style>

    <slot></slot>
  `}var zi=class extends d.HTMLElement{constructor(){if(super(),su(this,Me,void 0),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=W(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}}static get observedAttributes(){return[S.MEDIA_CONTROLLER]}attributeChangedCallback(e,i,r){var n,a,s,l,c;e===S.MEDIA_CONTROLLER&&(i&&((a=(n=on(this,Me))==null?void 0:n.unassociateElement)==null||a.call(n,this),ln(this,Me,null)),r&&this.isConnected&&(ln(this,Me,(s=this.getRootNode())==null?void 0:s.getElementById(r)),(c=(l=on(this,Me))==null?void 0:l.associateElement)==null||c.call(l,this)))}connectedCallback(){var e,i,r;let n=this.getAttribute(S.MEDIA_CONTROLLER);n&&(ln(this,Me,(e=this.getRootNode())==null?void 0:e.getElementById(n)),(r=(i=on(this,Me))==null?void 0:i.associateElement)==null||r.call(i,this))}disconnectedCallback(){var e,i;(i=(e=on(this,Me))==null?void 0:e.unassociateElement)==null||i.call(e,this),ln(this,Me,null)}};Me=new WeakMap;zi.shadowRootOptions={mode:"open"};zi.getTemplateHTML=ou;d.customElements.get("media-control-bar")||d.customElements.define("media-control-bar",zi);var ii={PLACEMENT:"placement",BOUNDS:"bounds"};function lu(t){return`
    <style>
      :host {
        --_tooltip-background-color: var(--media-tooltip-background-color, var(--media-secondary-color, rgba(20, 20, 30, .7)));
        --_tooltip-background: var(--media-tooltip-background, var(--_tooltip-background-color));
        --_tooltip-arrow-half-width: calc(var(--media-tooltip-arrow-width, 12px) / 2);
        --_tooltip-arrow-height: var(--media-tooltip-arrow-height, 5px);
        --_tooltip-arrow-background: var(--media-tooltip-arrow-color, var(--_tooltip-background-color));
        position: relative;
        pointer-events: none;
        display: var(--media-tooltip-display, inline-flex);
        justify-content: center;
        align-items: center;
        box-sizing: border-box;
        z-index: var(--media-tooltip-z-index, 1);
        background: var(--_tooltip-background);
        color: var(--media-text-color, var(--media-primary-color, rgb(238 238 238)));
        font: var(--media-font,
          var(--media-font-weight, 400)
          var(--media-font-size, 13px) /
          var(--media-text-content-height, var(--media-control-height, 18px))
          var(--media-font-family, helvetica neue, segoe ui, roboto, arial, sans-serif));
        padding: var(--media-tooltip-padding, .35em .7em);
        border: var(--media-tooltip-border, none);
        border-radius: var(--media-tooltip-border-radius, 5px);
        filter: var(--media-tooltip-filter, drop-shadow(0 0 4px rgba(0, 0, 0, .2)));
        white-space: var(--media-tooltip-white-space, nowrap);
      }

      :host([hidden]) {
        display: none;
      }

      img, svg {
        display: inline-block;
      }

      #arrow {
        position: absolute;
        width: 0px;
        height: 0px;
        border-style: solid;
        display: var(--media-tooltip-arrow-display, block);
      }

      :host(:not([placement])),
      :host([placement="top"]) {
        position: absolute;
        bottom: calc(100% + var(--media-tooltip-distance, 12px));
        left: 50%;
        transform: translate(calc(-50% - var(--media-tooltip-offset-x, 0px)), 0);
      }
      :host(:not([placement])) #arrow,
      :host([placement="top"]) #arrow {
        top: 100%;
        left: 50%;
        border-width: var(--_tooltip-arrow-height) var(--_tooltip-arrow-half-width) 0 var(--_tooltip-arrow-half-width);
        border-color: var(--_tooltip-arrow-background) transparent transparent transparent;
        transform: translate(calc(-50% + var(--media-tooltip-offset-x, 0px)), 0);
      }

      :host([placement="right"]) {
        position: absolute;
        left: calc(100% + var(--media-tooltip-distance, 12px));
        top: 50%;
        transform: translate(0, -50%);
      }
      :host([placement="right"]) #arrow {
        top: 50%;
        right: 100%;
        border-width: var(--_tooltip-arrow-half-width) var(--_tooltip-arrow-height) var(--_tooltip-arrow-half-width) 0;
        border-color: transparent var(--_tooltip-arrow-background) transparent transparent;
        transform: translate(0, -50%);
      }

      :host([placement="bottom"]) {
        position: absolute;
        top: calc(100% + var(--media-tooltip-distance, 12px));
        left: 50%;
        transform: translate(calc(-50% - var(--media-tooltip-offset-x, 0px)), 0);
      }
      :host([placement="bottom"]) #arrow {
        bottom: 100%;
        left: 50%;
        border-width: 0 var(--_tooltip-arrow-half-width) var(--_tooltip-arrow-height) var(--_tooltip-arrow-half-width);
        border-color: transparent transparent var(--_tooltip-arrow-background) transparent;
        transform: translate(calc(-50% + var(--media-tooltip-offset-x, 0px)), 0);
      }

      :host([placement="left"]) {
        position: absolute;
        right: calc(100% + var(--media-tooltip-distance, 12px));
        top: 50%;
        transform: translate(0, -50%);
      }
      :host([placement="left"]) #arrow {
        top: 50%;
        left: 100%;
        border-width: var(--_tooltip-arrow-half-width) 0 var(--_tooltip-arrow-half-width) var(--_tooltip-arrow-height);
        border-color: transparent transparent transparent var(--_tooltip-arrow-background);
        transform: translate(0, -50%);
      }
      
      :host([placement="none"]) #arrow {
        display: none;
      }
    </style>
    <slot></slot>
    <div id="arrow"></div>
  `}var ri=class extends d.HTMLElement{constructor(){if(super(),this.updateXOffset=()=>{var e;if(!Nr(this,{checkOpacity:!1,checkVisibilityCSS:!1}))return;let i=this.placement;if(i==="left"||i==="right"){this.style.removeProperty("--media-tooltip-offset-x");return}let r=getComputedStyle(this),n=(e=we(this,"#"+this.bounds))!=null?e:Y(this);if(!n)return;let{x:a,width:s}=n.getBoundingClientRect(),{x:l,width:c}=this.getBoundingClientRect(),u=l+c,p=a+s,b=r.getPropertyValue("--media-tooltip-offset-x"),f=b?parseFloat(b.replace("px","")):0,m=r.getPropertyValue("--media-tooltip-container-margin"),k=m?parseFloat(m.replace("px","")):0,A=l-a+f-k,M=u-p+f+k;if(A<0){this.style.setProperty("--media-tooltip-offset-x",`${A}px`);return}if(M>0){this.style.setProperty("--media-tooltip-offset-x",`${M}px`);return}this.style.removeProperty("--media-tooltip-offset-x")},!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=W(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}if(this.arrowEl=this.shadowRoot.querySelector("#arrow"),Object.prototype.hasOwnProperty.call(this,"placement")){let e=this.placement;delete this.placement,this.placement=e}}static get observedAttributes(){return[ii.PLACEMENT,ii.BOUNDS]}get placement(){return R(this,ii.PLACEMENT)}set placement(e){L(this,ii.PLACEMENT,e)}get bounds(){return R(this,ii.BOUNDS)}set bounds(e){L(this,ii.BOUNDS,e)}};ri.shadowRootOptions={mode:"open"};ri.getTemplateHTML=lu;d.customElements.get("media-tooltip")||d.customElements.define("media-tooltip",ri);var ja=ri;var is=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Q=(t,e,i)=>(is(t,e,"read from private field"),i?i.call(t):e.get(t)),Mt=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},dn=(t,e,i,r)=>(is(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),Kl=(t,e,i)=>(is(t,e,"access private method"),i),Re,ai,es,ql,dt,ni,cn,ts,Gl,lt={TOOLTIP_PLACEMENT:"tooltipplacement",DISABLED:"disabled",NO_TOOLTIP:"notooltip"};function du(t,e={}){return`
    <style>
      :host {
        position: relative;
        font: var(--media-font,
          var(--media-font-weight, bold)
          var(--media-font-size, 14px) /
          var(--media-text-content-height, var(--media-control-height, 24px))
          var(--media-font-family, helvetica neue, segoe ui, roboto, arial, sans-serif));
        color: var(--media-text-color, var(--media-primary-color, rgb(238 238 238)));
        background: var(--media-control-background, var(--media-secondary-color, rgb(20 20 30 / .7)));
        padding: var(--media-button-padding, var(--media-control-padding, 10px));
        justify-content: var(--media-button-justify-content, center);
        display: inline-flex;
        align-items: center;
        vertical-align: middle;
        box-sizing: border-box;
        transition: background .15s linear;
        pointer-events: auto;
        cursor: var(--media-cursor, pointer);
        -webkit-tap-highlight-color: transparent;
      }

      
      :host(:focus-visible) {
        box-shadow: var(--media-focus-box-shadow, inset 0 0 0 2px rgb(27 127 204 / .9));
        outline: 0;
      }
      
      :host(:where(:focus)) {
        box-shadow: none;
        outline: 0;
      }

      :host(:hover) {
        background: var(--media-control-hover-background, rgba(50 50 70 / .7));
      }

      slot[name="icon"] {
        display: inline-flex;
        align-items: center;
      }

      svg, img, ::slotted(svg), ::slotted(img) {
        width: var(--media-button-icon-width);
        height: var(--media-button-icon-height, var(--media-control-height, 24px));
        transform: var(--media-button-icon-transform);
        transition: var(--media-button-icon-transition);
        fill: var(--media-icon-color, var(--media-primary-color, rgb(238 238 238)));
        vertical-align: middle;
        max-width: 100%;
        max-height: 100%;
        min-width: 100%;
      }

      media-tooltip {
        
        max-width: 0;
        overflow-x: clip;
        opacity: 0;
        transition: opacity .3s, max-width 0s 9s;
      }

      :host(:hover) media-tooltip,
      :host(:focus-visible) media-tooltip {
        max-width: 100vw;
        opacity: 1;
        transition: opacity .3s;
      }

      :host([notooltip]) slot[name="tooltip"] {
        display: none;
      }
    </style>

    ${this.getSlotTemplateHTML(t,e)}

    <slot name="tooltip">
      <media-tooltip part="tooltip" aria-hidden="true">
        <template shadowrootmode="${ja.shadowRootOptions.mode}">
          ${ja.getTemplateHTML({})}
        </template>
        <slot name="tooltip-content">
          ${this.getTooltipContentHTML(t)}
        </slot>
      </media-tooltip>
    </slot>
  `}function cu(t,e){return`
    <slot></slot>
  `}function uu(){return""}var q=class extends d.HTMLElement{constructor(){if(super(),Mt(this,es),Mt(this,ts),Mt(this,Re,void 0),this.preventClick=!1,this.tooltipEl=null,Mt(this,ai,e=>{this.preventClick||this.handleClick(e),setTimeout(Q(this,dt),0)}),Mt(this,dt,()=>{var e,i;(i=(e=this.tooltipEl)==null?void 0:e.updateXOffset)==null||i.call(e)}),Mt(this,ni,e=>{let{key:i}=e;if(!this.keysUsed.includes(i)){this.removeEventListener("keyup",Q(this,ni));return}this.preventClick||this.handleClick(e)}),Mt(this,cn,e=>{let{metaKey:i,altKey:r,key:n}=e;if(i||r||!this.keysUsed.includes(n)){this.removeEventListener("keyup",Q(this,ni));return}this.addEventListener("keyup",Q(this,ni),{once:!0})}),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=W(this.attributes),i=this.constructor.getTemplateHTML(e);this.shadowRoot.setHTMLUnsafe?this.shadowRoot.setHTMLUnsafe(i):this.shadowRoot.innerHTML=i}this.tooltipEl=this.shadowRoot.querySelector("media-tooltip")}static get observedAttributes(){return["disabled",lt.TOOLTIP_PLACEMENT,S.MEDIA_CONTROLLER,o.MEDIA_LANG]}enable(){this.addEventListener("click",Q(this,ai)),this.addEventListener("keydown",Q(this,cn)),this.tabIndex=0}disable(){this.removeEventListener("click",Q(this,ai)),this.removeEventListener("keydown",Q(this,cn)),this.removeEventListener("keyup",Q(this,ni)),this.tabIndex=-1}attributeChangedCallback(e,i,r){var n,a,s,l,c;e===S.MEDIA_CONTROLLER?(i&&((a=(n=Q(this,Re))==null?void 0:n.unassociateElement)==null||a.call(n,this),dn(this,Re,null)),r&&this.isConnected&&(dn(this,Re,(s=this.getRootNode())==null?void 0:s.getElementById(r)),(c=(l=Q(this,Re))==null?void 0:l.associateElement)==null||c.call(l,this))):e==="disabled"&&r!==i?r==null?this.enable():this.disable():e===lt.TOOLTIP_PLACEMENT&&this.tooltipEl&&r!==i?this.tooltipEl.placement=r:e===o.MEDIA_LANG&&(this.shadowRoot.querySelector('slot[name="tooltip-content"]').innerHTML=this.constructor.getTooltipContentHTML()),Kl(this,es,ql).call(this)&&Q(this,dt).call(this)}connectedCallback(){var e,i,r;let{style:n}=N(this.shadowRoot,":host");n.setProperty("display",`var(--media-control-display, var(--${this.localName}-display, inline-flex))`),this.hasAttribute("disabled")?this.disable():this.enable(),this.setAttribute("role","button");let a=this.getAttribute(S.MEDIA_CONTROLLER);a&&(dn(this,Re,(e=this.getRootNode())==null?void 0:e.getElementById(a)),(r=(i=Q(this,Re))==null?void 0:i.associateElement)==null||r.call(i,this)),d.customElements.whenDefined("media-tooltip").then(()=>Kl(this,ts,Gl).call(this))}disconnectedCallback(){var e,i;this.disable(),(i=(e=Q(this,Re))==null?void 0:e.unassociateElement)==null||i.call(e,this),dn(this,Re,null),this.removeEventListener("mouseenter",Q(this,dt)),this.removeEventListener("focus",Q(this,dt)),this.removeEventListener("click",Q(this,ai))}get keysUsed(){return["Enter"," "]}get tooltipPlacement(){return R(this,lt.TOOLTIP_PLACEMENT)}set tooltipPlacement(e){L(this,lt.TOOLTIP_PLACEMENT,e)}get mediaController(){return R(this,S.MEDIA_CONTROLLER)}set mediaController(e){L(this,S.MEDIA_CONTROLLER,e)}get disabled(){return y(this,lt.DISABLED)}set disabled(e){I(this,lt.DISABLED,e)}get noTooltip(){return y(this,lt.NO_TOOLTIP)}set noTooltip(e){I(this,lt.NO_TOOLTIP,e)}handleClick(e){}};Re=new WeakMap;ai=new WeakMap;es=new WeakSet;ql=function(){try{return this.matches(":hover, :focus-visible")}catch{return this.matches(":hover, :focus")}};dt=new WeakMap;ni=new WeakMap;cn=new WeakMap;ts=new WeakSet;Gl=function(){this.addEventListener("mouseenter",Q(this,dt)),this.addEventListener("focus",Q(this,dt)),this.addEventListener("click",Q(this,ai));let t=this.tooltipPlacement;t&&this.tooltipEl&&(this.tooltipEl.placement=t)};q.shadowRootOptions={mode:"open"};q.getTemplateHTML=du;q.getSlotTemplateHTML=cu;q.getTooltipContentHTML=uu;d.customElements.get("media-chrome-button")||d.customElements.define("media-chrome-button",q);var Ql=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},hu=(t,e,i)=>(Ql(t,e,"read from private field"),i?i.call(t):e.get(t)),mu=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},pu=(t,e,i,r)=>(Ql(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),un,vu=`<svg aria-hidden="true" viewBox="0 0 26 24">
  <path d="M16 3v2.5h3.5V9H22V3h-6ZM4 9h2.5V5.5H10V3H4v6Zm15.5 9.5H16V21h6v-6h-2.5v3.5ZM6.5 15H4v6h6v-2.5H6.5V15Z"/>
</svg>`,Eu=`<svg aria-hidden="true" viewBox="0 0 26 24">
  <path d="M18.5 6.5V3H16v6h6V6.5h-3.5ZM16 21h2.5v-3.5H22V15h-6v6ZM4 17.5h3.5V21H10v-6H4v2.5Zm3.5-11H4V9h6V3H7.5v3.5Z"/>
</svg>`;function fu(t){return`
    <style>
      :host([${o.MEDIA_IS_FULLSCREEN}]) slot[name=icon] slot:not([name=exit]) {
        display: none !important;
      }

      
      :host(:not([${o.MEDIA_IS_FULLSCREEN}])) slot[name=icon] slot:not([name=enter]) {
        display: none !important;
      }

      :host([${o.MEDIA_IS_FULLSCREEN}]) slot[name=tooltip-enter],
      :host(:not([${o.MEDIA_IS_FULLSCREEN}])) slot[name=tooltip-exit] {
        display: none;
      }
    </style>

    <slot name="icon">
      <slot name="enter">${vu}</slot>
      <slot name="exit">${Eu}</slot>
    </slot>
  `}function gu(){return`
    <slot name="tooltip-enter">${_("Enter fullscreen mode")}</slot>
    <slot name="tooltip-exit">${_("Exit fullscreen mode")}</slot>
  `}var Yl=t=>{let e=t.mediaIsFullscreen?_("exit fullscreen mode"):_("enter fullscreen mode");t.setAttribute("aria-label",e)},Zi=class extends q{constructor(){super(...arguments),mu(this,un,null)}static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_IS_FULLSCREEN,o.MEDIA_FULLSCREEN_UNAVAILABLE]}connectedCallback(){super.connectedCallback(),Yl(this)}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),e===o.MEDIA_IS_FULLSCREEN&&Yl(this)}get mediaFullscreenUnavailable(){return R(this,o.MEDIA_FULLSCREEN_UNAVAILABLE)}set mediaFullscreenUnavailable(e){L(this,o.MEDIA_FULLSCREEN_UNAVAILABLE,e)}get mediaIsFullscreen(){return y(this,o.MEDIA_IS_FULLSCREEN)}set mediaIsFullscreen(e){I(this,o.MEDIA_IS_FULLSCREEN,e)}handleClick(e){pu(this,un,e);let i=hu(this,un)instanceof PointerEvent,r=this.mediaIsFullscreen?new d.CustomEvent(v.MEDIA_EXIT_FULLSCREEN_REQUEST,{composed:!0,bubbles:!0}):new d.CustomEvent(v.MEDIA_ENTER_FULLSCREEN_REQUEST,{composed:!0,bubbles:!0,detail:i});this.dispatchEvent(r)}};un=new WeakMap;Zi.getSlotTemplateHTML=fu;Zi.getTooltipContentHTML=gu;d.customElements.get("media-fullscreen-button")||d.customElements.define("media-fullscreen-button",Zi);var{MEDIA_TIME_IS_LIVE:hn,MEDIA_PAUSED:Xi}=o,{MEDIA_SEEK_TO_LIVE_REQUEST:_u,MEDIA_PLAY_REQUEST:bu}=v,Au='<svg viewBox="0 0 6 12" aria-hidden="true"><circle cx="3" cy="6" r="2"></circle></svg>';function Tu(t){return`
    <style>
      :host { --media-tooltip-display: none; }
      
      slot[name=indicator] > *,
      :host ::slotted([slot=indicator]) {
        
        min-width: auto;
        fill: var(--media-live-button-icon-color, rgb(140, 140, 140));
        color: var(--media-live-button-icon-color, rgb(140, 140, 140));
      }

      :host([${hn}]:not([${Xi}])) slot[name=indicator] > *,
      :host([${hn}]:not([${Xi}])) ::slotted([slot=indicator]) {
        fill: var(--media-live-button-indicator-color, rgb(255, 0, 0));
        color: var(--media-live-button-indicator-color, rgb(255, 0, 0));
      }

      :host([${hn}]:not([${Xi}])) {
        cursor: var(--media-cursor, not-allowed);
      }

      slot[name=text]{
        text-transform: uppercase;
      }

    </style>

    <slot name="indicator">${Au}</slot>
    
    <slot name="spacer">&nbsp;</slot><slot name="text">${_("live")}</slot>
  `}var zl=t=>{var e;let i=t.mediaPaused||!t.mediaTimeIsLive,r=i?_("seek to live"):_("playing live");t.setAttribute("aria-label",r);let n=(e=t.shadowRoot)==null?void 0:e.querySelector('slot[name="text"]');n&&(n.textContent=_("live")),i?t.removeAttribute("aria-disabled"):t.setAttribute("aria-disabled","true")},mn=class extends q{static get observedAttributes(){return[...super.observedAttributes,hn,Xi]}connectedCallback(){super.connectedCallback(),zl(this)}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),zl(this)}get mediaPaused(){return y(this,o.MEDIA_PAUSED)}set mediaPaused(e){I(this,o.MEDIA_PAUSED,e)}get mediaTimeIsLive(){return y(this,o.MEDIA_TIME_IS_LIVE)}set mediaTimeIsLive(e){I(this,o.MEDIA_TIME_IS_LIVE,e)}handleClick(){!this.mediaPaused&&this.mediaTimeIsLive||(this.dispatchEvent(new d.CustomEvent(_u,{composed:!0,bubbles:!0})),this.hasAttribute(Xi)&&this.dispatchEvent(new d.CustomEvent(bu,{composed:!0,bubbles:!0})))}};mn.getSlotTemplateHTML=Tu;d.customElements.get("media-live-button")||d.customElements.define("media-live-button",mn);var Xl=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Ji=(t,e,i)=>(Xl(t,e,"read from private field"),i?i.call(t):e.get(t)),Zl=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},ji=(t,e,i,r)=>(Xl(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),De,vn,pn={LOADING_DELAY:"loadingdelay",NO_AUTOHIDE:"noautohide"},Jl=500,ku=`
<svg aria-hidden="true" viewBox="0 0 100 100">
  <path d="M73,50c0-12.7-10.3-23-23-23S27,37.3,27,50 M30.9,50c0-10.5,8.5-19.1,19.1-19.1S69.1,39.5,69.1,50">
    <animateTransform
       attributeName="transform"
       attributeType="XML"
       type="rotate"
       dur="1s"
       from="0 50 50"
       to="360 50 50"
       repeatCount="indefinite" />
  </path>
</svg>
`;function Su(t){return`
    <style>
      :host {
        display: var(--media-control-display, var(--media-loading-indicator-display, inline-block));
        vertical-align: middle;
        box-sizing: border-box;
        --_loading-indicator-delay: var(--media-loading-indicator-transition-delay, ${Jl}ms);
      }

      #status {
        color: rgba(0,0,0,0);
        width: 0px;
        height: 0px;
      }

      :host slot[name=icon] > *,
      :host ::slotted([slot=icon]) {
        opacity: var(--media-loading-indicator-opacity, 0);
        transition: opacity 0.15s;
      }

      :host([${o.MEDIA_LOADING}]:not([${o.MEDIA_PAUSED}])) slot[name=icon] > *,
      :host([${o.MEDIA_LOADING}]:not([${o.MEDIA_PAUSED}])) ::slotted([slot=icon]) {
        opacity: var(--media-loading-indicator-opacity, 1);
        transition: opacity 0.15s var(--_loading-indicator-delay);
      }

      :host #status {
        visibility: var(--media-loading-indicator-opacity, hidden);
        transition: visibility 0.15s;
      }

      :host([${o.MEDIA_LOADING}]:not([${o.MEDIA_PAUSED}])) #status {
        visibility: var(--media-loading-indicator-opacity, visible);
        transition: visibility 0.15s var(--_loading-indicator-delay);
      }

      svg, img, ::slotted(svg), ::slotted(img) {
        width: var(--media-loading-indicator-icon-width);
        height: var(--media-loading-indicator-icon-height, 100px);
        fill: var(--media-icon-color, var(--media-primary-color, rgb(238 238 238)));
        vertical-align: middle;
      }
    </style>

    <slot name="icon">${ku}</slot>
    <div id="status" role="status" aria-live="polite">${_("media loading")}</div>
  `}var er=class extends d.HTMLElement{constructor(){if(super(),Zl(this,De,void 0),Zl(this,vn,Jl),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=W(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}}static get observedAttributes(){return[S.MEDIA_CONTROLLER,o.MEDIA_PAUSED,o.MEDIA_LOADING,pn.LOADING_DELAY]}attributeChangedCallback(e,i,r){var n,a,s,l,c;e===pn.LOADING_DELAY&&i!==r?this.loadingDelay=Number(r):e===S.MEDIA_CONTROLLER&&(i&&((a=(n=Ji(this,De))==null?void 0:n.unassociateElement)==null||a.call(n,this),ji(this,De,null)),r&&this.isConnected&&(ji(this,De,(s=this.getRootNode())==null?void 0:s.getElementById(r)),(c=(l=Ji(this,De))==null?void 0:l.associateElement)==null||c.call(l,this)))}connectedCallback(){var e,i,r;let n=this.getAttribute(S.MEDIA_CONTROLLER);n&&(ji(this,De,(e=this.getRootNode())==null?void 0:e.getElementById(n)),(r=(i=Ji(this,De))==null?void 0:i.associateElement)==null||r.call(i,this))}disconnectedCallback(){var e,i;(i=(e=Ji(this,De))==null?void 0:e.unassociateElement)==null||i.call(e,this),ji(this,De,null)}get loadingDelay(){return Ji(this,vn)}set loadingDelay(e){ji(this,vn,e);let{style:i}=N(this.shadowRoot,":host");i.setProperty("--_loading-indicator-delay",`var(--media-loading-indicator-transition-delay, ${e}ms)`)}get mediaPaused(){return y(this,o.MEDIA_PAUSED)}set mediaPaused(e){I(this,o.MEDIA_PAUSED,e)}get mediaLoading(){return y(this,o.MEDIA_LOADING)}set mediaLoading(e){I(this,o.MEDIA_LOADING,e)}get mediaController(){return R(this,S.MEDIA_CONTROLLER)}set mediaController(e){L(this,S.MEDIA_CONTROLLER,e)}get noAutohide(){return y(this,pn.NO_AUTOHIDE)}set noAutohide(e){I(this,pn.NO_AUTOHIDE,e)}};De=new WeakMap;vn=new WeakMap;er.shadowRootOptions={mode:"open"};er.getTemplateHTML=Su;d.customElements.get("media-loading-indicator")||d.customElements.define("media-loading-indicator",er);var yu=`<svg aria-hidden="true" viewBox="0 0 24 24">
  <path d="M16.5 12A4.5 4.5 0 0 0 14 8v2.18l2.45 2.45a4.22 4.22 0 0 0 .05-.63Zm2.5 0a6.84 6.84 0 0 1-.54 2.64L20 16.15A8.8 8.8 0 0 0 21 12a9 9 0 0 0-7-8.77v2.06A7 7 0 0 1 19 12ZM4.27 3 3 4.27 7.73 9H3v6h4l5 5v-6.73l4.25 4.25A6.92 6.92 0 0 1 14 18.7v2.06A9 9 0 0 0 17.69 19l2 2.05L21 19.73l-9-9L4.27 3ZM12 4 9.91 6.09 12 8.18V4Z"/>
</svg>`,jl=`<svg aria-hidden="true" viewBox="0 0 24 24">
  <path d="M3 9v6h4l5 5V4L7 9H3Zm13.5 3A4.5 4.5 0 0 0 14 8v8a4.47 4.47 0 0 0 2.5-4Z"/>
</svg>`,Iu=`<svg aria-hidden="true" viewBox="0 0 24 24">
  <path d="M3 9v6h4l5 5V4L7 9H3Zm13.5 3A4.5 4.5 0 0 0 14 8v8a4.47 4.47 0 0 0 2.5-4ZM14 3.23v2.06a7 7 0 0 1 0 13.42v2.06a9 9 0 0 0 0-17.54Z"/>
</svg>`;function wu(t){return`
    <style>
      :host(:not([${o.MEDIA_VOLUME_LEVEL}])) slot[name=icon] slot:not([name=high]),
      :host([${o.MEDIA_VOLUME_LEVEL}=high]) slot[name=icon] slot:not([name=high]) {
        display: none !important;
      }

      :host([${o.MEDIA_VOLUME_LEVEL}=off]) slot[name=icon] slot:not([name=off]) {
        display: none !important;
      }

      :host([${o.MEDIA_VOLUME_LEVEL}=low]) slot[name=icon] slot:not([name=low]) {
        display: none !important;
      }

      :host([${o.MEDIA_VOLUME_LEVEL}=medium]) slot[name=icon] slot:not([name=medium]) {
        display: none !important;
      }

      :host(:not([${o.MEDIA_VOLUME_LEVEL}=off])) slot[name=tooltip-unmute],
      :host([${o.MEDIA_VOLUME_LEVEL}=off]) slot[name=tooltip-mute] {
        display: none;
      }
    </style>

    <slot name="icon">
      <slot name="off">${yu}</slot>
      <slot name="low">${jl}</slot>
      <slot name="medium">${jl}</slot>
      <slot name="high">${Iu}</slot>
    </slot>
  `}function Lu(){return`
    <slot name="tooltip-mute">${_("Mute")}</slot>
    <slot name="tooltip-unmute">${_("Unmute")}</slot>
  `}var ed=t=>{let i=t.mediaVolumeLevel==="off"?_("unmute"):_("mute");t.setAttribute("aria-label",i)},tr=class extends q{static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_VOLUME_LEVEL]}connectedCallback(){super.connectedCallback(),ed(this)}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),e===o.MEDIA_VOLUME_LEVEL&&ed(this)}get mediaVolumeLevel(){return R(this,o.MEDIA_VOLUME_LEVEL)}set mediaVolumeLevel(e){L(this,o.MEDIA_VOLUME_LEVEL,e)}handleClick(){let e=this.mediaVolumeLevel==="off"?v.MEDIA_UNMUTE_REQUEST:v.MEDIA_MUTE_REQUEST;this.dispatchEvent(new d.CustomEvent(e,{composed:!0,bubbles:!0}))}};tr.getSlotTemplateHTML=wu;tr.getTooltipContentHTML=Lu;d.customElements.get("media-mute-button")||d.customElements.define("media-mute-button",tr);var td=`<svg aria-hidden="true" viewBox="0 0 28 24">
  <path d="M24 3H4a1 1 0 0 0-1 1v16a1 1 0 0 0 1 1h20a1 1 0 0 0 1-1V4a1 1 0 0 0-1-1Zm-1 16H5V5h18v14Zm-3-8h-7v5h7v-5Z"/>
</svg>`;function Mu(t){return`
    <style>
      :host([${o.MEDIA_IS_PIP}]) slot[name=icon] slot:not([name=exit]) {
        display: none !important;
      }

      :host(:not([${o.MEDIA_IS_PIP}])) slot[name=icon] slot:not([name=enter]) {
        display: none !important;
      }

      :host([${o.MEDIA_IS_PIP}]) slot[name=tooltip-enter],
      :host(:not([${o.MEDIA_IS_PIP}])) slot[name=tooltip-exit] {
        display: none;
      }
    </style>

    <slot name="icon">
      <slot name="enter">${td}</slot>
      <slot name="exit">${td}</slot>
    </slot>
  `}function Ru(){return`
    <slot name="tooltip-enter">${_("Enter picture in picture mode")}</slot>
    <slot name="tooltip-exit">${_("Exit picture in picture mode")}</slot>
  `}var id=t=>{let e=t.mediaIsPip?_("exit picture in picture mode"):_("enter picture in picture mode");t.setAttribute("aria-label",e)},ir=class extends q{static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_IS_PIP,o.MEDIA_PIP_UNAVAILABLE]}connectedCallback(){super.connectedCallback(),id(this)}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),e===o.MEDIA_IS_PIP&&id(this)}get mediaPipUnavailable(){return R(this,o.MEDIA_PIP_UNAVAILABLE)}set mediaPipUnavailable(e){L(this,o.MEDIA_PIP_UNAVAILABLE,e)}get mediaIsPip(){return y(this,o.MEDIA_IS_PIP)}set mediaIsPip(e){I(this,o.MEDIA_IS_PIP,e)}handleClick(){let e=this.mediaIsPip?v.MEDIA_EXIT_PIP_REQUEST:v.MEDIA_ENTER_PIP_REQUEST;this.dispatchEvent(new d.CustomEvent(e,{composed:!0,bubbles:!0}))}};ir.getSlotTemplateHTML=Mu;ir.getTooltipContentHTML=Ru;d.customElements.get("media-pip-button")||d.customElements.define("media-pip-button",ir);var Du=`<svg aria-hidden="true" viewBox="0 0 24 24">
  <path d="m6 21 15-9L6 3v18Z"/>
</svg>`,Cu=`<svg aria-hidden="true" viewBox="0 0 24 24">
  <path d="M6 20h4V4H6v16Zm8-16v16h4V4h-4Z"/>
</svg>`;function xu(t){return`
    <style>
      :host([${o.MEDIA_PAUSED}]) slot[name=pause],
      :host(:not([${o.MEDIA_PAUSED}])) slot[name=play] {
        display: none !important;
      }

      :host([${o.MEDIA_PAUSED}]) slot[name=tooltip-pause],
      :host(:not([${o.MEDIA_PAUSED}])) slot[name=tooltip-play] {
        display: none;
      }
    </style>

    <slot name="icon">
      <slot name="play">${Du}</slot>
      <slot name="pause">${Cu}</slot>
    </slot>
  `}function Ou(){return`
    <slot name="tooltip-play">${_("Play")}</slot>
    <slot name="tooltip-pause">${_("Pause")}</slot>
  `}var rd=t=>{let e=t.mediaPaused?_("play"):_("pause");t.setAttribute("aria-label",e)},rr=class extends q{static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_PAUSED,o.MEDIA_ENDED]}connectedCallback(){super.connectedCallback(),rd(this)}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),(e===o.MEDIA_PAUSED||e===o.MEDIA_LANG)&&rd(this)}get mediaPaused(){return y(this,o.MEDIA_PAUSED)}set mediaPaused(e){I(this,o.MEDIA_PAUSED,e)}handleClick(){let e=this.mediaPaused?v.MEDIA_PLAY_REQUEST:v.MEDIA_PAUSE_REQUEST;this.dispatchEvent(new d.CustomEvent(e,{composed:!0,bubbles:!0}))}};rr.getSlotTemplateHTML=xu;rr.getTooltipContentHTML=Ou;d.customElements.get("media-play-button")||d.customElements.define("media-play-button",rr);var ds=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},V=(t,e,i)=>(ds(t,e,"read from private field"),i?i.call(t):e.get(t)),ee=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},ct=(t,e,i,r)=>(ds(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),ke=(t,e,i)=>(ds(t,e,"access private method"),i),Ce,yn,En,fn,Se,kn,gn,_n,bn,cs,nd,An,rs,Tn,ns,Sn,us,as,ad,ss,sd,os,od,ls,ld;function Uu(t){return`
    <style>
      :host {
        --_focus-box-shadow: var(--media-focus-box-shadow, inset 0 0 0 2px rgb(27 127 204 / .9));
        --_media-range-padding: var(--media-range-padding, var(--media-control-padding, 10px));

        box-shadow: var(--_focus-visible-box-shadow, none);
        background: var(--media-control-background, var(--media-secondary-color, rgb(20 20 30 / .7)));
        height: calc(var(--media-control-height, 24px) + 2 * var(--_media-range-padding));
        display: inline-flex;
        align-items: center;
        
        vertical-align: middle;
        box-sizing: border-box;
        position: relative;
        width: 100px;
        transition: background .15s linear;
        cursor: var(--media-cursor, pointer);
        pointer-events: auto;
        touch-action: none; 
      }

      
      input[type=range]:focus {
        outline: 0;
      }
      input[type=range]:focus::-webkit-slider-runnable-track {
        outline: 0;
      }

      :host(:hover) {
        background: var(--media-control-hover-background, rgb(50 50 70 / .7));
      }

      #leftgap {
        padding-left: var(--media-range-padding-left, var(--_media-range-padding));
      }

      #rightgap {
        padding-right: var(--media-range-padding-right, var(--_media-range-padding));
      }

      #startpoint,
      #endpoint {
        position: absolute;
      }

      #endpoint {
        right: 0;
      }

      #container {
        
        width: var(--media-range-track-width, 100%);
        transform: translate(var(--media-range-track-translate-x, 0px), var(--media-range-track-translate-y, 0px));
        position: relative;
        height: 100%;
        display: flex;
        align-items: center;
        min-width: 40px;
      }

      #range {
        
        display: var(--media-time-range-hover-display, block);
        bottom: var(--media-time-range-hover-bottom, 0);
        height: var(--media-time-range-hover-height, max(100% , 25px));
        width: 100%;
        position: absolute;
        cursor: var(--media-cursor, pointer);

        -webkit-appearance: none; 
        -webkit-tap-highlight-color: transparent;
        background: transparent; 
        margin: 0;
        z-index: 1;
      }

      @media (hover: hover) {
        #range {
          bottom: var(--media-time-range-hover-bottom, 0);
          height: var(--media-time-range-hover-height, max(100%, 20px));
        }
      }

      
      
      #range::-webkit-slider-thumb {
        -webkit-appearance: none;
        background: transparent;
        width: .1px;
        height: .1px;
      }

      
      #range::-moz-range-thumb {
        background: transparent;
        border: transparent;
        width: .1px;
        height: .1px;
      }

      #appearance {
        height: var(--media-range-track-height, 4px);
        display: flex;
        flex-direction: column;
        justify-content: center;
        width: 100%;
        position: absolute;
        
        will-change: transform;
      }

      #track {
        background: var(--media-range-track-background, rgb(255 255 255 / .2));
        border-radius: var(--media-range-track-border-radius, 1px);
        border: var(--media-range-track-border, none);
        outline: var(--media-range-track-outline);
        outline-offset: var(--media-range-track-outline-offset);
        backdrop-filter: var(--media-range-track-backdrop-filter);
        -webkit-backdrop-filter: var(--media-range-track-backdrop-filter);
        box-shadow: var(--media-range-track-box-shadow, none);
        position: absolute;
        width: 100%;
        height: 100%;
        overflow: hidden;
      }

      #progress,
      #pointer {
        position: absolute;
        height: 100%;
        will-change: width;
      }

      #progress {
        background: var(--media-range-bar-color, var(--media-primary-color, rgb(238 238 238)));
        transition: var(--media-range-track-transition);
      }

      #pointer {
        background: var(--media-range-track-pointer-background);
        border-right: var(--media-range-track-pointer-border-right);
        transition: visibility .25s, opacity .25s;
        visibility: hidden;
        opacity: 0;
      }

      @media (hover: hover) {
        :host(:hover) #pointer {
          transition: visibility .5s, opacity .5s;
          visibility: visible;
          opacity: 1;
        }
      }

      #thumb,
      ::slotted([slot=thumb]) {
        width: var(--media-range-thumb-width, 10px);
        height: var(--media-range-thumb-height, 10px);
        transition: var(--media-range-thumb-transition);
        transform: var(--media-range-thumb-transform, none);
        opacity: var(--media-range-thumb-opacity, 1);
        translate: -50%;
        position: absolute;
        left: 0;
        cursor: var(--media-cursor, pointer);
      }

      #thumb {
        border-radius: var(--media-range-thumb-border-radius, 10px);
        background: var(--media-range-thumb-background, var(--media-primary-color, rgb(238 238 238)));
        box-shadow: var(--media-range-thumb-box-shadow, 1px 1px 1px transparent);
        border: var(--media-range-thumb-border, none);
      }

      :host([disabled]) #thumb {
        background-color: #777;
      }

      .segments #appearance {
        height: var(--media-range-segment-hover-height, 7px);
      }

      #track {
        clip-path: url(#segments-clipping);
      }

      #segments {
        --segments-gap: var(--media-range-segments-gap, 2px);
        position: absolute;
        width: 100%;
        height: 100%;
      }

      #segments-clipping {
        transform: translateX(calc(var(--segments-gap) / 2));
      }

      #segments-clipping:empty {
        display: none;
      }

      #segments-clipping rect {
        height: var(--media-range-track-height, 4px);
        y: calc((var(--media-range-segment-hover-height, 7px) - var(--media-range-track-height, 4px)) / 2);
        transition: var(--media-range-segment-transition, transform .1s ease-in-out);
        transform: var(--media-range-segment-transform, scaleY(1));
        transform-origin: center;
      }

      /* Visible label for accessibility - positioned off-screen but technically visible (Firefox requires visible labels) */
      #range-label {
        position: absolute;
        left: -10000px;
        background: var(--media-control-background, var(--media-secondary-color, rgb(20 20 30 / .7)));
        pointer-events: none;
      }
    </style>
    <div id="leftgap"></div>
    <div id="container">
      <div id="startpoint"></div>
      <div id="endpoint"></div>
      <div id="appearance">
        <div id="track" part="track">
          <div id="pointer"></div>
          <div id="progress" part="progress"></div>
        </div>
        <slot name="thumb">
          <div id="thumb" part="thumb"></div>
        </slot>
        <svg id="segments" aria-hidden="true"><clipPath id="segments-clipping"></clipPath></svg>
      </div>
        <input id="range" type="range" min="0" max="1" step="any" value="0">
        <label for="range" id="range-label"></label>

      ${this.getContainerTemplateHTML(t)}
    </div>
    <div id="rightgap"></div>
  `}function Pu(t){return""}var xe=class extends d.HTMLElement{constructor(){if(super(),ee(this,cs),ee(this,An),ee(this,Tn),ee(this,Sn),ee(this,as),ee(this,ss),ee(this,os),ee(this,ls),ee(this,Ce,void 0),ee(this,yn,void 0),ee(this,En,void 0),ee(this,fn,void 0),ee(this,Se,{}),ee(this,kn,[]),ee(this,gn,()=>{if(this.range.matches(":focus-visible")){let{style:e}=N(this.shadowRoot,":host");e.setProperty("--_focus-visible-box-shadow","var(--_focus-box-shadow)")}}),ee(this,_n,()=>{let{style:e}=N(this.shadowRoot,":host");e.removeProperty("--_focus-visible-box-shadow")}),ee(this,bn,()=>{let e=this.shadowRoot.querySelector("#segments-clipping");e&&e.parentNode.append(e)}),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=W(this.attributes),i=this.constructor.getTemplateHTML(e);this.shadowRoot.setHTMLUnsafe?this.shadowRoot.setHTMLUnsafe(i):this.shadowRoot.innerHTML=i}this.container=this.shadowRoot.querySelector("#container"),ct(this,En,this.shadowRoot.querySelector("#startpoint")),ct(this,fn,this.shadowRoot.querySelector("#endpoint")),this.range=this.shadowRoot.querySelector("#range"),this.appearance=this.shadowRoot.querySelector("#appearance")}static get observedAttributes(){return["disabled","aria-disabled",S.MEDIA_CONTROLLER]}attributeChangedCallback(e,i,r){var n,a,s,l,c;e===S.MEDIA_CONTROLLER?(i&&((a=(n=V(this,Ce))==null?void 0:n.unassociateElement)==null||a.call(n,this),ct(this,Ce,null)),r&&this.isConnected&&(ct(this,Ce,(s=this.getRootNode())==null?void 0:s.getElementById(r)),(c=(l=V(this,Ce))==null?void 0:l.associateElement)==null||c.call(l,this))):(e==="disabled"||e==="aria-disabled"&&i!==r)&&(r==null?(this.range.removeAttribute(e),ke(this,An,rs).call(this)):(this.range.setAttribute(e,r),ke(this,Tn,ns).call(this)))}connectedCallback(){var e,i,r;let{style:n}=N(this.shadowRoot,":host");n.setProperty("display",`var(--media-control-display, var(--${this.localName}-display, inline-flex))`),V(this,Se).pointer=N(this.shadowRoot,"#pointer"),V(this,Se).progress=N(this.shadowRoot,"#progress"),V(this,Se).thumb=N(this.shadowRoot,'#thumb, ::slotted([slot="thumb"])'),V(this,Se).activeSegment=N(this.shadowRoot,"#segments-clipping rect:nth-child(0)");let a=this.getAttribute(S.MEDIA_CONTROLLER);a&&(ct(this,Ce,(e=this.getRootNode())==null?void 0:e.getElementById(a)),(r=(i=V(this,Ce))==null?void 0:i.associateElement)==null||r.call(i,this)),this.updateBar(),this.shadowRoot.addEventListener("focusin",V(this,gn)),this.shadowRoot.addEventListener("focusout",V(this,_n)),ke(this,An,rs).call(this),qe(this.container,V(this,bn))}disconnectedCallback(){var e,i;ke(this,Tn,ns).call(this),(i=(e=V(this,Ce))==null?void 0:e.unassociateElement)==null||i.call(e,this),ct(this,Ce,null),this.shadowRoot.removeEventListener("focusin",V(this,gn)),this.shadowRoot.removeEventListener("focusout",V(this,_n)),Ge(this.container,V(this,bn))}updatePointerBar(e){var i;(i=V(this,Se).pointer)==null||i.style.setProperty("width",`${this.getPointerRatio(e)*100}%`)}updateBar(){var e,i;let r=this.range.valueAsNumber*100;(e=V(this,Se).progress)==null||e.style.setProperty("width",`${r}%`),(i=V(this,Se).thumb)==null||i.style.setProperty("left",`${r}%`)}updateSegments(e){let i=this.shadowRoot.querySelector("#segments-clipping");if(i.textContent="",this.container.classList.toggle("segments",!!e?.length),!e?.length)return;let r=[...new Set([+this.range.min,...e.flatMap(a=>[a.start,a.end]),+this.range.max])];ct(this,kn,[...r]);let n=r.pop();for(let[a,s]of r.entries()){let[l,c]=[a===0,a===r.length-1],u=l?"calc(var(--segments-gap) / -1)":`${s*100}%`,b=`calc(${((c?n:r[a+1])-s)*100}%${l||c?"":" - var(--segments-gap)"})`,f=P.createElementNS("http://www.w3.org/2000/svg","rect"),m=Ui(this.shadowRoot,`#segments-clipping rect:nth-child(${a+1})`);m.style.setProperty("x",u),m.style.setProperty("width",b),i.append(f)}}getPointerRatio(e){return Jo(e.clientX,e.clientY,V(this,En).getBoundingClientRect(),V(this,fn).getBoundingClientRect())}get dragging(){return this.hasAttribute("dragging")}handleEvent(e){switch(e.type){case"pointermove":ke(this,ls,ld).call(this,e);break;case"input":this.updateBar();break;case"pointerenter":ke(this,as,ad).call(this,e);break;case"pointerdown":ke(this,Sn,us).call(this,e);break;case"pointerup":ke(this,ss,sd).call(this);break;case"pointerleave":ke(this,os,od).call(this);break}}get keysUsed(){return["ArrowUp","ArrowRight","ArrowDown","ArrowLeft"]}};Ce=new WeakMap;yn=new WeakMap;En=new WeakMap;fn=new WeakMap;Se=new WeakMap;kn=new WeakMap;gn=new WeakMap;_n=new WeakMap;bn=new WeakMap;cs=new WeakSet;nd=function(t){let e=V(this,Se).activeSegment;if(!e)return;let i=this.getPointerRatio(t),n=`#segments-clipping rect:nth-child(${V(this,kn).findIndex((a,s,l)=>{let c=l[s+1];return c!=null&&i>=a&&i<=c})+1})`;(e.selectorText!=n||!e.style.transform)&&(e.selectorText=n,e.style.setProperty("transform","var(--media-range-segment-hover-transform, scaleY(2))"))};An=new WeakSet;rs=function(){this.hasAttribute("disabled")||!this.isConnected||(this.addEventListener("input",this),this.addEventListener("pointerdown",this),this.addEventListener("pointerenter",this))};Tn=new WeakSet;ns=function(){var t,e;this.removeEventListener("input",this),this.removeEventListener("pointerdown",this),this.removeEventListener("pointerenter",this),this.removeEventListener("pointerleave",this),(t=d.window)==null||t.removeEventListener("pointerup",this),(e=d.window)==null||e.removeEventListener("pointermove",this)};Sn=new WeakSet;us=function(t){var e;ct(this,yn,t.composedPath().includes(this.range)),(e=d.window)==null||e.addEventListener("pointerup",this,{once:!0})};as=new WeakSet;ad=function(t){var e;t.pointerType!=="mouse"&&ke(this,Sn,us).call(this,t),this.addEventListener("pointerleave",this,{once:!0}),(e=d.window)==null||e.addEventListener("pointermove",this)};ss=new WeakSet;sd=function(){var t;(t=d.window)==null||t.removeEventListener("pointerup",this),this.toggleAttribute("dragging",!1),this.range.disabled=this.hasAttribute("disabled")};os=new WeakSet;od=function(){var t,e;this.removeEventListener("pointerleave",this),(t=d.window)==null||t.removeEventListener("pointermove",this),this.toggleAttribute("dragging",!1),this.range.disabled=this.hasAttribute("disabled"),(e=V(this,Se).activeSegment)==null||e.style.removeProperty("transform")};ls=new WeakSet;ld=function(t){t.pointerType==="pen"&&t.buttons===0||(this.toggleAttribute("dragging",t.buttons===1||t.pointerType!=="mouse"),this.updatePointerBar(t),ke(this,cs,nd).call(this,t),this.dragging&&(t.pointerType!=="mouse"||!V(this,yn))&&(this.range.disabled=!0,this.range.valueAsNumber=this.getPointerRatio(t),this.range.dispatchEvent(new Event("input",{bubbles:!0,composed:!0}))))};xe.shadowRootOptions={mode:"open"};xe.getTemplateHTML=Uu;xe.getContainerTemplateHTML=Pu;d.customElements.get("media-chrome-range")||d.customElements.define("media-chrome-range",xe);var dd=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},In=(t,e,i)=>(dd(t,e,"read from private field"),i?i.call(t):e.get(t)),Nu=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},wn=(t,e,i,r)=>(dd(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),Oe;function Hu(t){return`
    <style>
      :host {
        box-sizing: border-box;
        display: var(--media-control-display, var(--media-preview-thumbnail-display, inline-block));
        overflow: hidden;
      }

      img {
        display: none;
        position: relative;
      }
    </style>
    <img crossorigin loading="eager" decoding="async">
  `}var si=class extends d.HTMLElement{constructor(){if(super(),Nu(this,Oe,void 0),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=W(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}}static get observedAttributes(){return[S.MEDIA_CONTROLLER,o.MEDIA_PREVIEW_IMAGE,o.MEDIA_PREVIEW_COORDS]}connectedCallback(){var e,i,r;let n=this.getAttribute(S.MEDIA_CONTROLLER);n&&(wn(this,Oe,(e=this.getRootNode())==null?void 0:e.getElementById(n)),(r=(i=In(this,Oe))==null?void 0:i.associateElement)==null||r.call(i,this))}disconnectedCallback(){var e,i;(i=(e=In(this,Oe))==null?void 0:e.unassociateElement)==null||i.call(e,this),wn(this,Oe,null)}attributeChangedCallback(e,i,r){var n,a,s,l,c;[o.MEDIA_PREVIEW_IMAGE,o.MEDIA_PREVIEW_COORDS].includes(e)&&this.update(),e===S.MEDIA_CONTROLLER&&(i&&((a=(n=In(this,Oe))==null?void 0:n.unassociateElement)==null||a.call(n,this),wn(this,Oe,null)),r&&this.isConnected&&(wn(this,Oe,(s=this.getRootNode())==null?void 0:s.getElementById(r)),(c=(l=In(this,Oe))==null?void 0:l.associateElement)==null||c.call(l,this)))}get mediaPreviewImage(){return R(this,o.MEDIA_PREVIEW_IMAGE)}set mediaPreviewImage(e){L(this,o.MEDIA_PREVIEW_IMAGE,e)}get mediaPreviewCoords(){let e=this.getAttribute(o.MEDIA_PREVIEW_COORDS);if(e)return e.split(/\s+/).map(i=>+i)}set mediaPreviewCoords(e){if(!e){this.removeAttribute(o.MEDIA_PREVIEW_COORDS);return}this.setAttribute(o.MEDIA_PREVIEW_COORDS,e.join(" "))}update(){let e=this.mediaPreviewCoords,i=this.mediaPreviewImage;if(!(e&&i))return;let[r,n,a,s]=e,l=i.split("#")[0],c=getComputedStyle(this),{maxWidth:u,maxHeight:p,minWidth:b,minHeight:f}=c,m=c.getPropertyValue("--media-preview-thumbnail-object-fit").trim()||"contain",k,A;if(m==="fill"){let Ve=parseInt(u)/a,Ke=parseInt(p)/s,Di=parseInt(b)/a,Et=parseInt(f)/s;k=Ve<1?Ve:Math.max(Ve,Di),A=Ke<1?Ke:Math.max(Ke,Et)}else{let Ve=Math.min(parseInt(u)/a,parseInt(p)/s),Ke=Math.max(parseInt(b)/a,parseInt(f)/s),Et=Ve<1?Ve:Ke>1?Ke:1;k=Et,A=Et}let{style:M}=N(this.shadowRoot,":host"),w=N(this.shadowRoot,"img").style,te=this.shadowRoot.querySelector("img"),Ri=Math.min(k,A)<1?"min":"max";M.setProperty(`${Ri}-width`,"initial","important"),M.setProperty(`${Ri}-height`,"initial","important"),M.width=`${a*k}px`,M.height=`${s*A}px`;let Ht=()=>{w.width=`${this.imgWidth*k}px`,w.height=`${this.imgHeight*A}px`,w.display="block"};te.src!==l&&(te.onload=()=>{this.imgWidth=te.naturalWidth,this.imgHeight=te.naturalHeight,Ht(),te.onload=null},te.src=l,Ht()),Ht(),w.transform=`translate(-${r*k}px, -${n*A}px)`}};Oe=new WeakMap;si.shadowRootOptions={mode:"open"};si.getTemplateHTML=Hu;d.customElements.get("media-preview-thumbnail")||d.customElements.define("media-preview-thumbnail",si);var hs=si;var cd=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Ln=(t,e,i)=>(cd(t,e,"read from private field"),i?i.call(t):e.get(t)),Bu=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Mn=(t,e,i,r)=>(cd(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),Ue;function Wu(t,e={}){return`
    <style>
      :host {
        font: var(--media-font,
          var(--media-font-weight, normal)
          var(--media-font-size, 14px) /
          var(--media-text-content-height, var(--media-control-height, 24px))
          var(--media-font-family, helvetica neue, segoe ui, roboto, arial, sans-serif));
        color: var(--media-text-color, var(--media-primary-color, rgb(238 238 238)));
        background: var(--media-text-background, var(--media-control-background, var(--media-secondary-color, rgb(20 20 30 / .7))));
        padding: var(--media-control-padding, 10px);
        display: inline-flex;
        justify-content: center;
        align-items: center;
        vertical-align: middle;
        box-sizing: border-box;
        text-align: center;
        pointer-events: auto;
      }

      
      :host(:focus-visible) {
        box-shadow: var(--media-focus-box-shadow, inset 0 0 0 2px rgb(27 127 204 / .9));
        outline: 0;
      }

      
      :host(:where(:focus)) {
        box-shadow: none;
        outline: 0;
      }
    </style>

    ${this.getSlotTemplateHTML(t,e)}
  `}function $u(t,e){return`
    <slot></slot>
  `}var Pe=class extends d.HTMLElement{constructor(){if(super(),Bu(this,Ue,void 0),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=W(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}}static get observedAttributes(){return[S.MEDIA_CONTROLLER]}attributeChangedCallback(e,i,r){var n,a,s,l,c;e===S.MEDIA_CONTROLLER&&(i&&((a=(n=Ln(this,Ue))==null?void 0:n.unassociateElement)==null||a.call(n,this),Mn(this,Ue,null)),r&&this.isConnected&&(Mn(this,Ue,(s=this.getRootNode())==null?void 0:s.getElementById(r)),(c=(l=Ln(this,Ue))==null?void 0:l.associateElement)==null||c.call(l,this)))}connectedCallback(){var e,i,r;let{style:n}=N(this.shadowRoot,":host");n.setProperty("display",`var(--media-control-display, var(--${this.localName}-display, inline-flex))`);let a=this.getAttribute(S.MEDIA_CONTROLLER);a&&(Mn(this,Ue,(e=this.getRootNode())==null?void 0:e.getElementById(a)),(r=(i=Ln(this,Ue))==null?void 0:i.associateElement)==null||r.call(i,this))}disconnectedCallback(){var e,i;(i=(e=Ln(this,Ue))==null?void 0:e.unassociateElement)==null||i.call(e,this),Mn(this,Ue,null)}};Ue=new WeakMap;Pe.shadowRootOptions={mode:"open"};Pe.getTemplateHTML=Wu;Pe.getSlotTemplateHTML=$u;d.customElements.get("media-text-display")||d.customElements.define("media-text-display",Pe);var ud=[{singular:"hour",plural:"hours"},{singular:"minute",plural:"minutes"},{singular:"second",plural:"seconds"}],hd=(t,e)=>{let i=t===1?_(ud[e].singular):_(ud[e].plural);return`${t} ${i}`},ms=t=>{if(!jt(t))return"";let e=Math.abs(t),i=e!==t,r=new Date(0,0,0,0,0,e,0),a=[r.getHours(),r.getMinutes(),r.getSeconds()].map((s,l)=>s&&hd(s,l)).filter(s=>s).join(", ");return i?_("{time} remaining",{time:a}):e===0?hd(0,2):a};function ps(t,e){let i=!1;t<0&&(i=!0,t=0-t),t=t<0?0:t;let r=Math.floor(t%60),n=Math.floor(t/60%60),a=Math.floor(t/3600),s=Math.floor(e/60%60),l=Math.floor(e/3600);return(isNaN(t)||t===1/0)&&(a=n=r="0"),a=a>0||l>0?a+":":"",n=((a||s>=10)&&n<10?"0"+n:n)+":",r=r<10?"0"+r:r,(i?"-":"")+a+n+r}var Ev=Object.freeze({length:0,start(t){let e=t>>>0;if(e>=this.length)throw new DOMException(`Failed to execute 'start' on 'TimeRanges': The index provided (${e}) is greater than or equal to the maximum bound (${this.length}).`);return 0},end(t){let e=t>>>0;if(e>=this.length)throw new DOMException(`Failed to execute 'end' on 'TimeRanges': The index provided (${e}) is greater than or equal to the maximum bound (${this.length}).`);return 0}});var pd=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},md=(t,e,i)=>(pd(t,e,"read from private field"),i?i.call(t):e.get(t)),Fu=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Vu=(t,e,i,r)=>(pd(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),nr,vs=class extends Pe{constructor(){super(),Fu(this,nr,void 0),Vu(this,nr,this.shadowRoot.querySelector("slot")),md(this,nr).textContent=ps(0)}static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_PREVIEW_TIME]}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),e===o.MEDIA_PREVIEW_TIME&&r!=null&&(md(this,nr).textContent=ps(parseFloat(r)))}get mediaPreviewTime(){return $(this,o.MEDIA_PREVIEW_TIME)}set mediaPreviewTime(e){F(this,o.MEDIA_PREVIEW_TIME,e)}};nr=new WeakMap;d.customElements.get("media-preview-time-display")||d.customElements.define("media-preview-time-display",vs);var vd=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Ku=(t,e,i)=>(vd(t,e,"read from private field"),i?i.call(t):e.get(t)),qu=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Gu=(t,e,i,r)=>(vd(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),Rn,Es=class extends Pe{constructor(){super(),qu(this,Rn,void 0),Gu(this,Rn,this.shadowRoot.querySelector("slot"))}static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_PREVIEW_CHAPTER,o.MEDIA_LANG]}attributeChangedCallback(e,i,r){if(super.attributeChangedCallback(e,i,r),(e===o.MEDIA_PREVIEW_CHAPTER||e===o.MEDIA_LANG)&&r!==i&&r!=null)if(Ku(this,Rn).textContent=r,r!==""){let n=_("chapter: {chapterName}",{chapterName:r});this.setAttribute("aria-valuetext",n)}else this.removeAttribute("aria-valuetext")}get mediaPreviewChapter(){return R(this,o.MEDIA_PREVIEW_CHAPTER)}set mediaPreviewChapter(e){L(this,o.MEDIA_PREVIEW_CHAPTER,e)}};Rn=new WeakMap;d.customElements.get("media-preview-chapter-display")||d.customElements.define("media-preview-chapter-display",Es);var Ed=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},J=(t,e,i)=>(Ed(t,e,"read from private field"),i?i.call(t):e.get(t)),Ne=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},he=(t,e,i,r)=>(Ed(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),Yu=(t,e,i,r)=>({set _(n){he(t,e,n,i)},get _(){return J(t,e,r)}}),oi,Dn,li,ar,Cn,xn,On,di,Rt,Un,Pn=class{constructor(e,i,r){Ne(this,oi,void 0),Ne(this,Dn,void 0),Ne(this,li,void 0),Ne(this,ar,void 0),Ne(this,Cn,void 0),Ne(this,xn,void 0),Ne(this,On,void 0),Ne(this,di,void 0),Ne(this,Rt,0),Ne(this,Un,(n=performance.now())=>{he(this,Rt,requestAnimationFrame(J(this,Un))),he(this,ar,performance.now()-J(this,li));let a=1e3/this.fps;if(J(this,ar)>a){he(this,li,n-J(this,ar)%a);let s=1e3/((n-J(this,Dn))/++Yu(this,Cn)._),l=(n-J(this,xn))/1e3/this.duration,c=J(this,On)+l*this.playbackRate;c-J(this,oi).valueAsNumber>0?he(this,di,this.playbackRate/this.duration/s):(he(this,di,.995*J(this,di)),c=J(this,oi).valueAsNumber+J(this,di)),this.callback(c)}}),he(this,oi,e),this.callback=i,this.fps=r}start(){J(this,Rt)===0&&(he(this,li,performance.now()),he(this,Dn,J(this,li)),he(this,Cn,0),J(this,Un).call(this))}stop(){J(this,Rt)!==0&&(cancelAnimationFrame(J(this,Rt)),he(this,Rt,0))}update({start:e,duration:i,playbackRate:r}){let n=e-J(this,oi).valueAsNumber,a=Math.abs(i-this.duration);(n>0||n<-.5/i||a>=.5)&&this.callback(e),he(this,On,e),he(this,xn,performance.now()),this.duration=i,this.playbackRate=r}};oi=new WeakMap;Dn=new WeakMap;li=new WeakMap;ar=new WeakMap;Cn=new WeakMap;xn=new WeakMap;On=new WeakMap;di=new WeakMap;Rt=new WeakMap;Un=new WeakMap;var As=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},H=(t,e,i)=>(As(t,e,"read from private field"),i?i.call(t):e.get(t)),z=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},me=(t,e,i,r)=>(As(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),pe=(t,e,i)=>(As(t,e,"access private method"),i),ci,ut,Bn,or,Wn,Hn,lr,dr,ui,hi,sr,fs,fd,gs,$n,Ts,Fn,ks,Vn,Ss,_s,gd,cr,Kn,bs,_d,Qu=t=>{let e=t.range,i=ms(+bd(t)),r=ms(+t.mediaSeekableEnd),n=i&&r?_("{currentTime} of {totalTime}",{currentTime:i,totalTime:r}):_("video not loaded, unknown time.");e.setAttribute("aria-valuetext",n)};function zu(t){return`
    <style>
      :host {
        --media-box-border-radius: 4px;
        --media-box-padding-left: 10px;
        --media-box-padding-right: 10px;
        --media-preview-border-radius: var(--media-box-border-radius);
        --media-box-arrow-offset: var(--media-box-border-radius);
        --_control-background: var(--media-control-background, var(--media-secondary-color, rgb(20 20 30 / .7)));
        --_preview-background: var(--media-preview-background, var(--_control-background));

        
        contain: layout;
      }

      #buffered {
        background: var(--media-time-range-buffered-color, rgb(255 255 255 / .4));
        position: absolute;
        height: 100%;
        will-change: width;
      }

      #preview-rail,
      #current-rail {
        width: 100%;
        position: absolute;
        left: 0;
        bottom: 100%;
        pointer-events: none;
        will-change: transform;
      }

      [part~="box"] {
        width: min-content;
        
        position: absolute;
        bottom: 100%;
        flex-direction: column;
        align-items: center;
        transform: translateX(-50%);
      }

      [part~="current-box"] {
        display: var(--media-current-box-display, var(--media-box-display, flex));
        margin: var(--media-current-box-margin, var(--media-box-margin, 0 0 5px));
        visibility: hidden;
      }

      [part~="preview-box"] {
        display: var(--media-preview-box-display, var(--media-box-display, flex));
        margin: var(--media-preview-box-margin, var(--media-box-margin, 0 0 5px));
        transition-property: var(--media-preview-transition-property, visibility, opacity);
        transition-duration: var(--media-preview-transition-duration-out, .25s);
        transition-delay: var(--media-preview-transition-delay-out, 0s);
        visibility: hidden;
        opacity: 0;
      }

      :host(:is([${o.MEDIA_PREVIEW_IMAGE}], [${o.MEDIA_PREVIEW_TIME}])[dragging]) [part~="preview-box"] {
        transition-duration: var(--media-preview-transition-duration-in, .5s);
        transition-delay: var(--media-preview-transition-delay-in, .25s);
        visibility: visible;
        opacity: 1;
      }

      @media (hover: hover) {
        :host(:is([${o.MEDIA_PREVIEW_IMAGE}], [${o.MEDIA_PREVIEW_TIME}]):hover) [part~="preview-box"] {
          transition-duration: var(--media-preview-transition-duration-in, .5s);
          transition-delay: var(--media-preview-transition-delay-in, .25s);
          visibility: visible;
          opacity: 1;
        }
      }

      media-preview-thumbnail,
      ::slotted(media-preview-thumbnail) {
        visibility: hidden;
        
        transition: visibility 0s .25s;
        transition-delay: calc(var(--media-preview-transition-delay-out, 0s) + var(--media-preview-transition-duration-out, .25s));
        background: var(--media-preview-thumbnail-background, var(--_preview-background));
        box-shadow: var(--media-preview-thumbnail-box-shadow, 0 0 4px rgb(0 0 0 / .2));
        max-width: var(--media-preview-thumbnail-max-width, 180px);
        max-height: var(--media-preview-thumbnail-max-height, 160px);
        min-width: var(--media-preview-thumbnail-min-width, 120px);
        min-height: var(--media-preview-thumbnail-min-height, 80px);
        border: var(--media-preview-thumbnail-border);
        border-radius: var(--media-preview-thumbnail-border-radius,
          var(--media-preview-border-radius) var(--media-preview-border-radius) 0 0);
      }

      :host([${o.MEDIA_PREVIEW_IMAGE}][dragging]) media-preview-thumbnail,
      :host([${o.MEDIA_PREVIEW_IMAGE}][dragging]) ::slotted(media-preview-thumbnail) {
        transition-delay: var(--media-preview-transition-delay-in, .25s);
        visibility: visible;
      }

      @media (hover: hover) {
        :host([${o.MEDIA_PREVIEW_IMAGE}]:hover) media-preview-thumbnail,
        :host([${o.MEDIA_PREVIEW_IMAGE}]:hover) ::slotted(media-preview-thumbnail) {
          transition-delay: var(--media-preview-transition-delay-in, .25s);
          visibility: visible;
        }

        :host([${o.MEDIA_PREVIEW_TIME}]:hover) {
          --media-time-range-hover-display: block;
        }
      }

      media-preview-chapter-display,
      ::slotted(media-preview-chapter-display) {
        font-size: var(--media-font-size, 13px);
        line-height: 17px;
        min-width: 0;
        visibility: hidden;
        
        transition: min-width 0s, border-radius 0s, margin 0s, padding 0s, visibility 0s;
        transition-delay: calc(var(--media-preview-transition-delay-out, 0s) + var(--media-preview-transition-duration-out, .25s));
        background: var(--media-preview-chapter-background, var(--_preview-background));
        border-radius: var(--media-preview-chapter-border-radius,
          var(--media-preview-border-radius) var(--media-preview-border-radius)
          var(--media-preview-border-radius) var(--media-preview-border-radius));
        padding: var(--media-preview-chapter-padding, 3.5px 9px);
        margin: var(--media-preview-chapter-margin, 0 0 5px);
        text-shadow: var(--media-preview-chapter-text-shadow, 0 0 4px rgb(0 0 0 / .75));
      }

      :host([${o.MEDIA_PREVIEW_IMAGE}]) media-preview-chapter-display,
      :host([${o.MEDIA_PREVIEW_IMAGE}]) ::slotted(media-preview-chapter-display) {
        transition-delay: var(--media-preview-transition-delay-in, .25s);
        border-radius: var(--media-preview-chapter-border-radius, 0);
        padding: var(--media-preview-chapter-padding, 3.5px 9px 0);
        margin: var(--media-preview-chapter-margin, 0);
        min-width: 100%;
      }

      media-preview-chapter-display[${o.MEDIA_PREVIEW_CHAPTER}],
      ::slotted(media-preview-chapter-display[${o.MEDIA_PREVIEW_CHAPTER}]) {
        visibility: visible;
      }

      media-preview-chapter-display:not([aria-valuetext]),
      ::slotted(media-preview-chapter-display:not([aria-valuetext])) {
        display: none;
      }

      media-preview-time-display,
      ::slotted(media-preview-time-display),
      media-time-display,
      ::slotted(media-time-display) {
        font-size: var(--media-font-size, 13px);
        line-height: 17px;
        min-width: 0;
        
        transition: min-width 0s, border-radius 0s;
        transition-delay: calc(var(--media-preview-transition-delay-out, 0s) + var(--media-preview-transition-duration-out, .25s));
        background: var(--media-preview-time-background, var(--_preview-background));
        border-radius: var(--media-preview-time-border-radius,
          var(--media-preview-border-radius) var(--media-preview-border-radius)
          var(--media-preview-border-radius) var(--media-preview-border-radius));
        padding: var(--media-preview-time-padding, 3.5px 9px);
        margin: var(--media-preview-time-margin, 0);
        text-shadow: var(--media-preview-time-text-shadow, 0 0 4px rgb(0 0 0 / .75));
        transform: translateX(min(
          max(calc(50% - var(--_box-width) / 2),
          calc(var(--_box-shift, 0))),
          calc(var(--_box-width) / 2 - 50%)
        ));
      }

      :host([${o.MEDIA_PREVIEW_IMAGE}]) media-preview-time-display,
      :host([${o.MEDIA_PREVIEW_IMAGE}]) ::slotted(media-preview-time-display) {
        transition-delay: var(--media-preview-transition-delay-in, .25s);
        border-radius: var(--media-preview-time-border-radius,
          0 0 var(--media-preview-border-radius) var(--media-preview-border-radius));
        min-width: 100%;
      }

      :host([${o.MEDIA_PREVIEW_TIME}]:hover) {
        --media-time-range-hover-display: block;
      }

      [part~="arrow"],
      ::slotted([part~="arrow"]) {
        display: var(--media-box-arrow-display, inline-block);
        transform: translateX(min(
          max(calc(50% - var(--_box-width) / 2 + var(--media-box-arrow-offset)),
          calc(var(--_box-shift, 0))),
          calc(var(--_box-width) / 2 - 50% - var(--media-box-arrow-offset))
        ));
        
        border-color: transparent;
        border-top-color: var(--media-box-arrow-background, var(--_control-background));
        border-width: var(--media-box-arrow-border-width,
          var(--media-box-arrow-height, 5px) var(--media-box-arrow-width, 6px) 0);
        border-style: solid;
        justify-content: center;
        height: 0;
      }
    </style>
    <div id="preview-rail">
      <slot name="preview" part="box preview-box">
        <media-preview-thumbnail>
          <template shadowrootmode="${hs.shadowRootOptions.mode}">
            ${hs.getTemplateHTML({})}
          </template>
        </media-preview-thumbnail>
        <media-preview-chapter-display></media-preview-chapter-display>
        <media-preview-time-display></media-preview-time-display>
        <slot name="preview-arrow"><div part="arrow"></div></slot>
      </slot>
    </div>
    <div id="current-rail">
      <slot name="current" part="box current-box">
        
      </slot>
    </div>
  `}var Nn=(t,e=t.mediaCurrentTime)=>{let i=Number.isFinite(t.mediaSeekableStart)?t.mediaSeekableStart:0,r=Number.isFinite(t.mediaDuration)?t.mediaDuration:t.mediaSeekableEnd;if(Number.isNaN(r))return 0;let n=(e-i)/(r-i);return Math.max(0,Math.min(n,1))},bd=(t,e=t.range.valueAsNumber)=>{let i=Number.isFinite(t.mediaSeekableStart)?t.mediaSeekableStart:0,r=Number.isFinite(t.mediaDuration)?t.mediaDuration:t.mediaSeekableEnd;return Number.isNaN(r)?0:e*(r-i)+i},ur=class extends xe{constructor(){super(),z(this,fs),z(this,$n),z(this,Fn),z(this,Vn),z(this,_s),z(this,cr),z(this,bs),z(this,ci,null),z(this,ut,void 0),z(this,Bn,void 0),z(this,or,void 0),z(this,Wn,void 0),z(this,Hn,void 0),z(this,lr,void 0),z(this,dr,void 0),z(this,ui,void 0),z(this,hi,void 0),z(this,sr,()=>{pe(this,fs,fd).call(this)?H(this,ut).start():H(this,ut).stop()}),z(this,gs,r=>{this.dragging||(jt(r)&&(this.range.valueAsNumber=r),H(this,hi)||this.updateBar())}),this.shadowRoot.querySelector("#track").insertAdjacentHTML("afterbegin",'<div id="buffered" part="buffered"></div>'),me(this,Bn,this.shadowRoot.querySelectorAll('[part~="box"]')),me(this,Wn,this.shadowRoot.querySelector('[part~="preview-box"]')),me(this,Hn,this.shadowRoot.querySelector('[part~="current-box"]'));let i=getComputedStyle(this);me(this,lr,parseInt(i.getPropertyValue("--media-box-padding-left"))),me(this,dr,parseInt(i.getPropertyValue("--media-box-padding-right"))),me(this,ut,new Pn(this.range,H(this,gs),60))}static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_PAUSED,o.MEDIA_DURATION,o.MEDIA_SEEKABLE,o.MEDIA_CURRENT_TIME,o.MEDIA_PREVIEW_IMAGE,o.MEDIA_PREVIEW_TIME,o.MEDIA_PREVIEW_CHAPTER,o.MEDIA_BUFFERED,o.MEDIA_PLAYBACK_RATE,o.MEDIA_LOADING,o.MEDIA_ENDED]}connectedCallback(){var e;super.connectedCallback(),this.range.setAttribute("aria-label",_("seek")),H(this,sr).call(this),me(this,ci,this.getRootNode()),(e=H(this,ci))==null||e.addEventListener("transitionstart",this)}disconnectedCallback(){var e;super.disconnectedCallback(),H(this,ut).stop(),(e=H(this,ci))==null||e.removeEventListener("transitionstart",this),me(this,ci,null)}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),i!=r&&(e===o.MEDIA_CURRENT_TIME||e===o.MEDIA_PAUSED||e===o.MEDIA_ENDED||e===o.MEDIA_LOADING||e===o.MEDIA_DURATION||e===o.MEDIA_SEEKABLE?(H(this,ut).update({start:Nn(this),duration:this.mediaSeekableEnd-this.mediaSeekableStart,playbackRate:this.mediaPlaybackRate}),H(this,sr).call(this),Qu(this)):e===o.MEDIA_BUFFERED&&this.updateBufferedBar(),(e===o.MEDIA_DURATION||e===o.MEDIA_SEEKABLE)&&(this.mediaChaptersCues=H(this,ui),this.updateBar()))}get mediaChaptersCues(){return H(this,ui)}set mediaChaptersCues(e){var i;me(this,ui,e),this.updateSegments((i=H(this,ui))==null?void 0:i.map(r=>({start:Nn(this,r.startTime),end:Nn(this,r.endTime)})))}get mediaPaused(){return y(this,o.MEDIA_PAUSED)}set mediaPaused(e){I(this,o.MEDIA_PAUSED,e)}get mediaLoading(){return y(this,o.MEDIA_LOADING)}set mediaLoading(e){I(this,o.MEDIA_LOADING,e)}get mediaDuration(){return $(this,o.MEDIA_DURATION)}set mediaDuration(e){F(this,o.MEDIA_DURATION,e)}get mediaCurrentTime(){return $(this,o.MEDIA_CURRENT_TIME)}set mediaCurrentTime(e){F(this,o.MEDIA_CURRENT_TIME,e)}get mediaPlaybackRate(){return $(this,o.MEDIA_PLAYBACK_RATE,1)}set mediaPlaybackRate(e){F(this,o.MEDIA_PLAYBACK_RATE,e)}get mediaBuffered(){let e=this.getAttribute(o.MEDIA_BUFFERED);return e?e.split(" ").map(i=>i.split(":").map(r=>+r)):[]}set mediaBuffered(e){if(!e){this.removeAttribute(o.MEDIA_BUFFERED);return}let i=e.map(r=>r.join(":")).join(" ");this.setAttribute(o.MEDIA_BUFFERED,i)}get mediaSeekable(){let e=this.getAttribute(o.MEDIA_SEEKABLE);if(e)return e.split(":").map(i=>+i)}set mediaSeekable(e){if(e==null){this.removeAttribute(o.MEDIA_SEEKABLE);return}this.setAttribute(o.MEDIA_SEEKABLE,e.join(":"))}get mediaSeekableEnd(){var e;let[,i=this.mediaDuration]=(e=this.mediaSeekable)!=null?e:[];return i}get mediaSeekableStart(){var e;let[i=0]=(e=this.mediaSeekable)!=null?e:[];return i}get mediaPreviewImage(){return R(this,o.MEDIA_PREVIEW_IMAGE)}set mediaPreviewImage(e){L(this,o.MEDIA_PREVIEW_IMAGE,e)}get mediaPreviewTime(){return $(this,o.MEDIA_PREVIEW_TIME)}set mediaPreviewTime(e){F(this,o.MEDIA_PREVIEW_TIME,e)}get mediaEnded(){return y(this,o.MEDIA_ENDED)}set mediaEnded(e){I(this,o.MEDIA_ENDED,e)}updateBar(){super.updateBar(),this.updateBufferedBar(),this.updateCurrentBox()}updateBufferedBar(){var e;let i=this.mediaBuffered;if(!i.length)return;let r;if(this.mediaEnded)r=1;else{let a=this.mediaCurrentTime,[,s=this.mediaSeekableStart]=(e=i.find(([l,c])=>l<=a&&a<=c))!=null?e:[];r=Nn(this,s)}let{style:n}=N(this.shadowRoot,"#buffered");n.setProperty("width",`${r*100}%`)}updateCurrentBox(){if(!this.shadowRoot.querySelector('slot[name="current"]').assignedElements().length)return;let i=N(this.shadowRoot,"#current-rail"),r=N(this.shadowRoot,'[part~="current-box"]'),n=pe(this,$n,Ts).call(this,H(this,Hn)),a=pe(this,Fn,ks).call(this,n,this.range.valueAsNumber),s=pe(this,Vn,Ss).call(this,n,this.range.valueAsNumber);i.style.transform=`translateX(${a})`,i.style.setProperty("--_range-width",`${n.range.width}`),r.style.setProperty("--_box-shift",`${s}`),r.style.setProperty("--_box-width",`${n.box.width}px`),r.style.setProperty("visibility","initial")}handleEvent(e){switch(super.handleEvent(e),e.type){case"input":pe(this,bs,_d).call(this);break;case"pointermove":pe(this,_s,gd).call(this,e);break;case"pointerup":H(this,hi)&&me(this,hi,!1);break;case"pointerdown":me(this,hi,!0);break;case"pointerleave":pe(this,cr,Kn).call(this,null);break;case"transitionstart":ie(e.target,this)&&setTimeout(()=>H(this,sr).call(this),0);break}}};ci=new WeakMap;ut=new WeakMap;Bn=new WeakMap;or=new WeakMap;Wn=new WeakMap;Hn=new WeakMap;lr=new WeakMap;dr=new WeakMap;ui=new WeakMap;hi=new WeakMap;sr=new WeakMap;fs=new WeakSet;fd=function(){return this.isConnected&&!this.mediaPaused&&!this.mediaLoading&&!this.mediaEnded&&this.mediaSeekableEnd>0&&Nr(this)};gs=new WeakMap;$n=new WeakSet;Ts=function(t){var e;let r=((e=this.getAttribute("bounds")?we(this,`#${this.getAttribute("bounds")}`):this.parentElement)!=null?e:this).getBoundingClientRect(),n=this.range.getBoundingClientRect(),a=t.offsetWidth,s=-(n.left-r.left-a/2),l=r.right-n.left-a/2;return{box:{width:a,min:s,max:l},bounds:r,range:n}};Fn=new WeakSet;ks=function(t,e){let i=`${e*100}%`,{width:r,min:n,max:a}=t.box;if(!r)return i;if(Number.isNaN(n)||(i=`max(${`calc(1 / var(--_range-width) * 100 * ${n}% + var(--media-box-padding-left))`}, ${i})`),!Number.isNaN(a)){let l=`calc(1 / var(--_range-width) * 100 * ${a}% - var(--media-box-padding-right))`;i=`min(${i}, ${l})`}return i};Vn=new WeakSet;Ss=function(t,e){let{width:i,min:r,max:n}=t.box,a=e*t.range.width;if(a<r+H(this,lr)){let s=t.range.left-t.bounds.left-H(this,lr);return`${a-i/2+s}px`}if(a>n-H(this,dr)){let s=t.bounds.right-t.range.right-H(this,dr);return`${a+i/2-s-t.range.width}px`}return 0};_s=new WeakSet;gd=function(t){let e=[...H(this,Bn)].some(p=>t.composedPath().includes(p));if(!this.dragging&&(e||!t.composedPath().includes(this))){pe(this,cr,Kn).call(this,null);return}let i=this.mediaSeekableEnd;if(!i)return;let r=N(this.shadowRoot,"#preview-rail"),n=N(this.shadowRoot,'[part~="preview-box"]'),a=pe(this,$n,Ts).call(this,H(this,Wn)),s=(t.clientX-a.range.left)/a.range.width;s=Math.max(0,Math.min(1,s));let l=pe(this,Fn,ks).call(this,a,s),c=pe(this,Vn,Ss).call(this,a,s);r.style.transform=`translateX(${l})`,r.style.setProperty("--_range-width",`${a.range.width}`),n.style.setProperty("--_box-shift",`${c}`),n.style.setProperty("--_box-width",`${a.box.width}px`);let u=Math.round(H(this,or))-Math.round(s*i);Math.abs(u)<1&&s>.01&&s<.99||(me(this,or,s*i),pe(this,cr,Kn).call(this,H(this,or)))};cr=new WeakSet;Kn=function(t){this.dispatchEvent(new d.CustomEvent(v.MEDIA_PREVIEW_REQUEST,{composed:!0,bubbles:!0,detail:t}))};bs=new WeakSet;_d=function(){H(this,ut).stop();let t=bd(this);this.dispatchEvent(new d.CustomEvent(v.MEDIA_SEEK_REQUEST,{composed:!0,bubbles:!0,detail:t}))};ur.shadowRootOptions={mode:"open"};ur.getContainerTemplateHTML=zu;d.customElements.get("media-time-range")||d.customElements.define("media-time-range",ur);var Zu=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Ad=(t,e,i)=>(Zu(t,e,"read from private field"),i?i.call(t):e.get(t)),Xu=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},qn,Ju=1,ju=t=>t.mediaMuted?0:t.mediaVolume,eh=t=>`${Math.round(t*100)}%`,ys=class extends xe{constructor(){super(...arguments),Xu(this,qn,()=>{let e=this.range.value,i=new d.CustomEvent(v.MEDIA_VOLUME_REQUEST,{composed:!0,bubbles:!0,detail:e});this.dispatchEvent(i)})}static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_VOLUME,o.MEDIA_MUTED,o.MEDIA_VOLUME_UNAVAILABLE]}connectedCallback(){super.connectedCallback(),this.range.setAttribute("aria-label",_("volume")),this.range.addEventListener("input",Ad(this,qn))}disconnectedCallback(){this.range.removeEventListener("input",Ad(this,qn)),super.disconnectedCallback()}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),(e===o.MEDIA_VOLUME||e===o.MEDIA_MUTED)&&(this.range.valueAsNumber=ju(this),this.range.setAttribute("aria-valuetext",eh(this.range.valueAsNumber)),this.updateBar())}get mediaVolume(){return $(this,o.MEDIA_VOLUME,Ju)}set mediaVolume(e){F(this,o.MEDIA_VOLUME,e)}get mediaMuted(){return y(this,o.MEDIA_MUTED)}set mediaMuted(e){I(this,o.MEDIA_MUTED,e)}get mediaVolumeUnavailable(){return R(this,o.MEDIA_VOLUME_UNAVAILABLE)}set mediaVolumeUnavailable(e){L(this,o.MEDIA_VOLUME_UNAVAILABLE,e)}};qn=new WeakMap;d.customElements.get("media-volume-range")||d.customElements.define("media-volume-range",ys);var ht=class extends Event{constructor({action:e="auto",relatedTarget:i,...r}){super("invoke",r),this.action=e,this.relatedTarget=i}},Gn=class extends Event{constructor({newState:e,oldState:i,...r}){super("toggle",r),this.newState=e,this.oldState=i}};var Ds=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},ne=(t,e,i)=>(Ds(t,e,"read from private field"),i?i.call(t):e.get(t)),Ze=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Is=(t,e,i,r)=>(Ds(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),pi=(t,e,i)=>(Ds(t,e,"access private method"),i),Yn,mr,ws,Td,zn,Cs,xs,kd,He,mi,Ls,Qn,Ms;function th(t){return`
    <style>
      :host {
        transition: var(--media-menu-item-transition,
          background .15s linear,
          opacity .2s ease-in-out
        );
        outline: var(--media-menu-item-outline, 0);
        outline-offset: var(--media-menu-item-outline-offset, -1px);
        cursor: var(--media-cursor, pointer);
        display: flex;
        align-items: center;
        align-self: stretch;
        justify-self: stretch;
        white-space: nowrap;
        white-space-collapse: collapse;
        text-wrap: nowrap;
        padding: .4em .8em .4em 1em;
      }

      :host(:focus-visible) {
        box-shadow: var(--media-menu-item-focus-shadow, inset 0 0 0 2px rgb(27 127 204 / .9));
        outline: var(--media-menu-item-hover-outline, 0);
        outline-offset: var(--media-menu-item-hover-outline-offset,  var(--media-menu-item-outline-offset, -1px));
      }

      :host(:hover) {
        cursor: var(--media-cursor, pointer);
        background: var(--media-menu-item-hover-background, rgb(92 92 102 / .5));
        outline: var(--media-menu-item-hover-outline);
        outline-offset: var(--media-menu-item-hover-outline-offset,  var(--media-menu-item-outline-offset, -1px));
      }

      :host([aria-checked="true"]) {
        background: var(--media-menu-item-checked-background);
      }

      :host([hidden]) {
        display: none;
      }

      :host([disabled]) {
        pointer-events: none;
        color: rgba(255, 255, 255, .3);
      }

      slot:not([name]) {
        width: 100%;
      }

      slot:not([name="submenu"]) {
        display: inline-flex;
        align-items: center;
        transition: inherit;
        opacity: var(--media-menu-item-opacity, 1);
      }

      slot[name="description"] {
        justify-content: end;
      }

      slot[name="description"] > span {
        display: inline-block;
        margin-inline: 1em .2em;
        max-width: var(--media-menu-item-description-max-width, 100px);
        text-overflow: ellipsis;
        overflow: hidden;
        font-size: .8em;
        font-weight: 400;
        text-align: right;
        position: relative;
        top: .04em;
      }

      slot[name="checked-indicator"] {
        display: none;
      }

      :host(:is([role="menuitemradio"],[role="menuitemcheckbox"])) slot[name="checked-indicator"] {
        display: var(--media-menu-item-checked-indicator-display, inline-block);
      }

      
      svg, img, ::slotted(svg), ::slotted(img) {
        height: var(--media-menu-item-icon-height, var(--media-control-height, 24px));
        fill: var(--media-icon-color, var(--media-primary-color, rgb(238 238 238)));
        display: block;
      }

      
      [part~="indicator"],
      ::slotted([part~="indicator"]) {
        fill: var(--media-menu-item-indicator-fill,
          var(--media-icon-color, var(--media-primary-color, rgb(238 238 238))));
        height: var(--media-menu-item-indicator-height, 1.25em);
        margin-right: .5ch;
      }

      [part~="checked-indicator"] {
        visibility: hidden;
      }

      :host([aria-checked="true"]) [part~="checked-indicator"] {
        visibility: visible;
      }
    </style>
    <slot name="checked-indicator">
      <svg aria-hidden="true" viewBox="0 1 24 24" part="checked-indicator indicator">
        <path d="m10 15.17 9.193-9.191 1.414 1.414-10.606 10.606-6.364-6.364 1.414-1.414 4.95 4.95Z"/>
      </svg>
    </slot>
    <slot name="prefix"></slot>
    <slot></slot>
    <slot name="description"></slot>
    <slot name="suffix">
      ${this.getSuffixSlotInnerHTML(t)}
    </slot>
    <slot name="submenu"></slot>
  `}function ih(t){return""}var ve={TYPE:"type",VALUE:"value",CHECKED:"checked",DISABLED:"disabled"},vi=class extends d.HTMLElement{constructor(){if(super(),Ze(this,ws),Ze(this,zn),Ze(this,xs),Ze(this,Qn),Ze(this,Yn,!1),Ze(this,mr,void 0),Ze(this,He,()=>{var e,i;this.submenuElement.items&&this.setAttribute("submenusize",`${this.submenuElement.items.length}`);let r=this.shadowRoot.querySelector('slot[name="description"]'),n=(e=this.submenuElement.checkedItems)==null?void 0:e[0],a=(i=n?.dataset.description)!=null?i:n?.text,s=P.createElement("span");s.textContent=a??"",r.replaceChildren(s)}),Ze(this,mi,e=>{let{key:i}=e;if(!this.keysUsed.includes(i)){this.removeEventListener("keyup",ne(this,mi));return}this.handleClick(e)}),Ze(this,Ls,e=>{let{metaKey:i,altKey:r,key:n}=e;if(i||r||!this.keysUsed.includes(n)){this.removeEventListener("keyup",ne(this,mi));return}this.addEventListener("keyup",ne(this,mi),{once:!0})}),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=W(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}}static get observedAttributes(){return[ve.TYPE,ve.DISABLED,ve.CHECKED,ve.VALUE]}enable(){this.hasAttribute("tabindex")||this.setAttribute("tabindex","-1"),hr(this)&&!this.hasAttribute("aria-checked")&&this.setAttribute("aria-checked","false"),this.addEventListener("click",this),this.addEventListener("keydown",this)}disable(){this.removeAttribute("tabindex"),this.removeEventListener("click",this),this.removeEventListener("keydown",this),this.removeEventListener("keyup",this)}handleEvent(e){switch(e.type){case"slotchange":pi(this,ws,Td).call(this,e);break;case"click":this.handleClick(e);break;case"keydown":ne(this,Ls).call(this,e);break;case"keyup":ne(this,mi).call(this,e);break}}attributeChangedCallback(e,i,r){e===ve.CHECKED&&hr(this)&&!ne(this,Yn)?this.setAttribute("aria-checked",r!=null?"true":"false"):e===ve.TYPE&&r!==i?this.role="menuitem"+r:e===ve.DISABLED&&r!==i&&(r==null?this.enable():this.disable())}connectedCallback(){this.hasAttribute(ve.DISABLED)||this.enable(),this.role="menuitem"+this.type,Is(this,mr,Rs(this,this.parentNode)),pi(this,Qn,Ms).call(this),this.submenuElement&&pi(this,zn,Cs).call(this),this.shadowRoot.addEventListener("slotchange",this)}disconnectedCallback(){this.disable(),pi(this,Qn,Ms).call(this),Is(this,mr,null),this.shadowRoot.removeEventListener("slotchange",this)}get invokeTarget(){return this.getAttribute("invoketarget")}set invokeTarget(e){this.setAttribute("invoketarget",`${e}`)}get invokeTargetElement(){var e;return this.invokeTarget?(e=gt(this))==null?void 0:e.querySelector(`#${this.invokeTarget}`):this.submenuElement}get submenuElement(){return this.shadowRoot.querySelector('slot[name="submenu"]').assignedElements({flatten:!0})[0]}get type(){var e;return(e=this.getAttribute(ve.TYPE))!=null?e:""}set type(e){this.setAttribute(ve.TYPE,`${e}`)}get value(){var e;return(e=this.getAttribute(ve.VALUE))!=null?e:this.text}set value(e){this.setAttribute(ve.VALUE,e)}get text(){var e;return((e=this.textContent)!=null?e:"").trim()}get checked(){if(hr(this))return this.getAttribute("aria-checked")==="true"}set checked(e){hr(this)&&(Is(this,Yn,!0),this.setAttribute("aria-checked",e?"true":"false"),e?this.part.add("checked"):this.part.remove("checked"))}handleClick(e){hr(this)||this.invokeTargetElement&&ie(this,e.target)&&this.invokeTargetElement.dispatchEvent(new ht({relatedTarget:this}))}get keysUsed(){return["Enter"," "]}};Yn=new WeakMap;mr=new WeakMap;ws=new WeakSet;Td=function(t){let e=t.target;if(!e?.name)for(let r of e.assignedNodes({flatten:!0}))r instanceof Text&&r.textContent.trim()===""&&r.remove();e.name==="submenu"&&(this.submenuElement?pi(this,zn,Cs).call(this):pi(this,xs,kd).call(this))};zn=new WeakSet;Cs=async function(){this.setAttribute("aria-haspopup","menu"),this.setAttribute("aria-expanded",`${!this.submenuElement.hidden}`),this.submenuElement.addEventListener("change",ne(this,He)),this.submenuElement.addEventListener("addmenuitem",ne(this,He)),this.submenuElement.addEventListener("removemenuitem",ne(this,He)),ne(this,He).call(this)};xs=new WeakSet;kd=function(){this.removeAttribute("aria-haspopup"),this.removeAttribute("aria-expanded"),this.submenuElement.removeEventListener("change",ne(this,He)),this.submenuElement.removeEventListener("addmenuitem",ne(this,He)),this.submenuElement.removeEventListener("removemenuitem",ne(this,He)),ne(this,He).call(this)};He=new WeakMap;mi=new WeakMap;Ls=new WeakMap;Qn=new WeakSet;Ms=function(){var t;let e=(t=ne(this,mr))==null?void 0:t.radioGroupItems;if(!e)return;let i=e.filter(r=>r.getAttribute("aria-checked")==="true").pop();i||(i=e[0]);for(let r of e)r.setAttribute("aria-checked","false");i?.setAttribute("aria-checked","true")};vi.shadowRootOptions={mode:"open"};vi.getTemplateHTML=th;vi.getSuffixSlotInnerHTML=ih;function hr(t){return t.type==="radio"||t.type==="checkbox"}function Rs(t,e){if(!t)return null;let{host:i}=t.getRootNode();return!e&&i?Rs(t,i):e?.items?e:Rs(e,e?.parentNode)}d.customElements.get("media-chrome-menu-item")||d.customElements.define("media-chrome-menu-item",vi);function Sd({anchor:t,floating:e,placement:i}){let r=rh({anchor:t,floating:e}),{x:n,y:a}=ah(r,i);return{x:n,y:a}}function rh({anchor:t,floating:e}){return{anchor:nh(t,e.offsetParent),floating:{x:0,y:0,width:e.offsetWidth,height:e.offsetHeight}}}function nh(t,e){var i;let r=t.getBoundingClientRect(),n=(i=e?.getBoundingClientRect())!=null?i:{x:0,y:0};return{x:r.x-n.x,y:r.y-n.y,width:r.width,height:r.height}}function ah({anchor:t,floating:e},i){let r=sh(i)==="x"?"y":"x",n=r==="y"?"height":"width",a=yd(i),s=t.x+t.width/2-e.width/2,l=t.y+t.height/2-e.height/2,c=t[n]/2-e[n]/2,u;switch(a){case"top":u={x:s,y:t.y-e.height};break;case"bottom":u={x:s,y:t.y+t.height};break;case"right":u={x:t.x+t.width,y:l};break;case"left":u={x:t.x-e.width,y:l};break;default:u={x:t.x,y:t.y}}switch(i.split("-")[1]){case"start":u[r]-=c;break;case"end":u[r]+=c;break}return u}function yd(t){return t.split("-")[0]}function sh(t){return["top","bottom"].includes(yd(t))?"y":"x"}var qs=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},C=(t,e,i)=>(qs(t,e,"read from private field"),i?i.call(t):e.get(t)),O=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Ee=(t,e,i,r)=>(qs(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),U=(t,e,i)=>(qs(t,e,"access private method"),i),Be,mt,Xe,Zn,pr,Ct,fr,Os,Id,jn,Gs,ea,Xn,Us,Ps,wd,Ns,Ld,Hs,Md,Ei,fi,gi,gr,ta,Ys,Bs,Rd,Qs,Dd,Ws,Cd,zs,xd,$s,Od,Fs,Ud,vr,ia,Vs,Pd,Er,ra,Jn,Ks;function We({type:t,text:e,value:i,checked:r}){let n=P.createElement("media-chrome-menu-item");n.type=t??"",n.part.add("menu-item"),t&&n.part.add(t),n.value=i,n.checked=r;let a=P.createElement("span");return a.textContent=e,n.append(a),n}function ye(t,e){let i=t.querySelector(`:scope > [slot="${e}"]`);if(i?.nodeName=="SLOT"&&(i=i.assignedElements({flatten:!0})[0]),i)return i=i.cloneNode(!0),i;let r=t.shadowRoot.querySelector(`[name="${e}"] > svg`);return r?r.cloneNode(!0):""}function oh(t){return`
    <style>
      :host {
        font: var(--media-font,
          var(--media-font-weight, normal)
          var(--media-font-size, 14px) /
          var(--media-text-content-height, var(--media-control-height, 24px))
          var(--media-font-family, helvetica neue, segoe ui, roboto, arial, sans-serif));
        color: var(--media-text-color, var(--media-primary-color, rgb(238 238 238)));
        --_menu-bg: rgb(20 20 30 / .8);
        background: var(--media-menu-background, var(--media-control-background, var(--media-secondary-color, var(--_menu-bg))));
        border-radius: var(--media-menu-border-radius);
        border: var(--media-menu-border, none);
        display: var(--media-menu-display, inline-flex) !important;
        
        transition: var(--media-menu-transition-in,
          visibility 0s,
          opacity .2s ease-out,
          transform .15s ease-out,
          left .2s ease-in-out,
          min-width .2s ease-in-out,
          min-height .2s ease-in-out
        ) !important;
        
        visibility: var(--media-menu-visibility, visible);
        opacity: var(--media-menu-opacity, 1);
        max-height: var(--media-menu-max-height, var(--_menu-max-height, 300px));
        transform: var(--media-menu-transform-in, translateY(0) scale(1));
        flex-direction: column;
        
        min-height: 0;
        position: relative;
        bottom: var(--_menu-bottom);
        box-sizing: border-box;
      } 

      @-moz-document url-prefix() {
        :host{
          --_menu-bg: rgb(20 20 30);
        }
      }

      :host([hidden]) {
        transition: var(--media-menu-transition-out,
          visibility .15s ease-in,
          opacity .15s ease-in,
          transform .15s ease-in
        ) !important;
        visibility: var(--media-menu-hidden-visibility, hidden);
        opacity: var(--media-menu-hidden-opacity, 0);
        max-height: var(--media-menu-hidden-max-height,
          var(--media-menu-max-height, var(--_menu-max-height, 300px)));
        transform: var(--media-menu-transform-out, translateY(2px) scale(.99));
        pointer-events: none;
      }

      :host([slot="submenu"]) {
        background: none;
        width: 100%;
        min-height: 100%;
        position: absolute;
        bottom: 0;
        right: -100%;
      }

      #container {
        display: flex;
        flex-direction: column;
        min-height: 0;
        transition: transform .2s ease-out;
        transform: translate(0, 0);
      }

      #container.has-expanded {
        transition: transform .2s ease-in;
        transform: translate(-100%, 0);
      }

      button {
        background: none;
        color: inherit;
        border: none;
        padding: 0;
        font: inherit;
        outline: inherit;
        display: inline-flex;
        align-items: center;
      }

      slot[name="header"][hidden] {
        display: none;
      }

      slot[name="header"] > *,
      slot[name="header"]::slotted(*) {
        padding: .4em .7em;
        border-bottom: 1px solid rgb(255 255 255 / .25);
        cursor: var(--media-cursor, default);
      }

      slot[name="header"] > button[part~="back"],
      slot[name="header"]::slotted(button[part~="back"]) {
        cursor: var(--media-cursor, pointer);
      }

      svg[part~="back"] {
        height: var(--media-menu-icon-height, var(--media-control-height, 24px));
        fill: var(--media-icon-color, var(--media-primary-color, rgb(238 238 238)));
        display: block;
        margin-right: .5ch;
      }

      slot:not([name]) {
        gap: var(--media-menu-gap);
        flex-direction: var(--media-menu-flex-direction, column);
        overflow: var(--media-menu-overflow, hidden auto);
        display: flex;
        min-height: 0;
      }

      :host([role="menu"]) slot:not([name]) {
        padding-block: .4em;
      }

      slot:not([name])::slotted([role="menu"]) {
        background: none;
      }

      media-chrome-menu-item > span {
        margin-right: .5ch;
        max-width: var(--media-menu-item-max-width);
        text-overflow: ellipsis;
        overflow: hidden;
      }
    </style>
    <style id="layout-row" media="width:0">

      slot[name="header"] > *,
      slot[name="header"]::slotted(*) {
        padding: .4em .5em;
      }

      slot:not([name]) {
        gap: var(--media-menu-gap, .25em);
        flex-direction: var(--media-menu-flex-direction, row);
        padding-inline: .5em;
      }

      media-chrome-menu-item {
        padding: .3em .5em;
      }

      media-chrome-menu-item[aria-checked="true"] {
        background: var(--media-menu-item-checked-background, rgb(255 255 255 / .2));
      }

      
      media-chrome-menu-item::part(checked-indicator) {
        display: var(--media-menu-item-checked-indicator-display, none);
      }
    </style>
    <div id="container" part="container">
      <slot name="header" hidden>
        <button part="back button" aria-label="Back to previous menu">
          <slot name="back-icon">
            <svg aria-hidden="true" viewBox="0 0 20 24" part="back indicator">
              <path d="m11.88 17.585.742-.669-4.2-4.665 4.2-4.666-.743-.669-4.803 5.335 4.803 5.334Z"/>
            </svg>
          </slot>
          <slot name="title"></slot>
        </button>
      </slot>
      <slot></slot>
    </div>
    <slot name="checked-indicator" hidden></slot>
  `}var Dt={STYLE:"style",HIDDEN:"hidden",DISABLED:"disabled",ANCHOR:"anchor"},oe=class extends d.HTMLElement{constructor(){if(super(),O(this,Os),O(this,jn),O(this,Xn),O(this,Ps),O(this,Ns),O(this,Hs),O(this,gi),O(this,ta),O(this,Bs),O(this,Qs),O(this,Ws),O(this,zs),O(this,$s),O(this,Fs),O(this,vr),O(this,Vs),O(this,Er),O(this,Jn),O(this,Be,null),O(this,mt,null),O(this,Xe,null),O(this,Zn,new Set),O(this,pr,void 0),O(this,Ct,!1),O(this,fr,null),O(this,ea,()=>{let e=C(this,Zn),i=new Set(this.items);for(let r of e)i.has(r)||this.dispatchEvent(new CustomEvent("removemenuitem",{detail:r}));for(let r of i)e.has(r)||this.dispatchEvent(new CustomEvent("addmenuitem",{detail:r}));Ee(this,Zn,i)}),O(this,Ei,()=>{U(this,gi,gr).call(this),U(this,ta,Ys).call(this,!1)}),O(this,fi,()=>{U(this,gi,gr).call(this)}),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=W(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}this.container=this.shadowRoot.querySelector("#container"),this.defaultSlot=this.shadowRoot.querySelector("slot:not([name])"),Ee(this,pr,new MutationObserver(C(this,ea)))}static get observedAttributes(){return[Dt.DISABLED,Dt.HIDDEN,Dt.STYLE,Dt.ANCHOR,S.MEDIA_CONTROLLER]}static formatMenuItemText(e,i){return e}enable(){this.addEventListener("click",this),this.addEventListener("focusout",this),this.addEventListener("keydown",this),this.addEventListener("invoke",this),this.addEventListener("toggle",this)}disable(){this.removeEventListener("click",this),this.removeEventListener("focusout",this),this.removeEventListener("keyup",this),this.removeEventListener("invoke",this),this.removeEventListener("toggle",this)}handleEvent(e){switch(e.type){case"slotchange":U(this,Os,Id).call(this,e);break;case"invoke":U(this,Ps,wd).call(this,e);break;case"click":U(this,Bs,Rd).call(this,e);break;case"toggle":U(this,Ws,Cd).call(this,e);break;case"focusout":U(this,$s,Od).call(this,e);break;case"keydown":U(this,Fs,Ud).call(this,e);break}}connectedCallback(){var e,i;C(this,pr).observe(this.defaultSlot,{childList:!0}),Ee(this,fr,Ui(this.shadowRoot,":host")),U(this,Xn,Us).call(this),this.hasAttribute("disabled")||this.enable(),this.role||(this.role="menu"),Ee(this,Be,Pr(this)),(i=(e=C(this,Be))==null?void 0:e.associateElement)==null||i.call(e,this),this.hidden||(qe(_r(this),C(this,Ei)),qe(this,C(this,fi))),U(this,jn,Gs).call(this),this.shadowRoot.addEventListener("slotchange",this)}disconnectedCallback(){var e,i;C(this,pr).disconnect(),Ge(_r(this),C(this,Ei)),Ge(this,C(this,fi)),this.disable(),(i=(e=C(this,Be))==null?void 0:e.unassociateElement)==null||i.call(e,this),Ee(this,Be,null),Ee(this,mt,null),Ee(this,Xe,null),this.shadowRoot.removeEventListener("slotchange",this)}attributeChangedCallback(e,i,r){var n,a,s,l;e===Dt.HIDDEN&&r!==i?(C(this,Ct)||Ee(this,Ct,!0),this.hidden?U(this,Hs,Md).call(this):U(this,Ns,Ld).call(this),this.dispatchEvent(new Gn({oldState:this.hidden?"open":"closed",newState:this.hidden?"closed":"open",bubbles:!0}))):e===S.MEDIA_CONTROLLER?(i&&((a=(n=C(this,Be))==null?void 0:n.unassociateElement)==null||a.call(n,this),Ee(this,Be,null)),r&&this.isConnected&&(Ee(this,Be,Pr(this)),(l=(s=C(this,Be))==null?void 0:s.associateElement)==null||l.call(s,this))):e===Dt.DISABLED&&r!==i?r==null?this.enable():this.disable():e===Dt.STYLE&&r!==i&&U(this,Xn,Us).call(this)}formatMenuItemText(e,i){return this.constructor.formatMenuItemText(e,i)}get anchor(){return this.getAttribute("anchor")}set anchor(e){this.setAttribute("anchor",`${e}`)}get anchorElement(){var e;return this.anchor?(e=gt(this))==null?void 0:e.querySelector(`#${this.anchor}`):null}get items(){return this.defaultSlot.assignedElements({flatten:!0}).filter(lh)}get radioGroupItems(){return this.items.filter(e=>e.role==="menuitemradio")}get checkedItems(){return this.items.filter(e=>e.checked)}get value(){var e,i;return(i=(e=this.checkedItems[0])==null?void 0:e.value)!=null?i:""}set value(e){let i=this.items.find(r=>r.value===e);i&&U(this,Jn,Ks).call(this,i)}focus(){if(Ee(this,mt,Oi()),this.items.length){U(this,Er,ra).call(this,this.items[0]),this.items[0].focus();return}let e=this.querySelector('[autofocus], [tabindex]:not([tabindex="-1"]), [role="menu"]');e?.focus()}handleSelect(e){var i;let r=U(this,vr,ia).call(this,e);r&&(U(this,Jn,Ks).call(this,r,r.type==="checkbox"),C(this,Xe)&&!this.hidden&&((i=C(this,mt))==null||i.focus(),this.hidden=!0))}get keysUsed(){return["Enter","Escape","Tab"," ","ArrowDown","ArrowUp","Home","End"]}handleMove(e){var i,r;let{key:n}=e,a=this.items,s=(r=(i=U(this,vr,ia).call(this,e))!=null?i:U(this,Vs,Pd).call(this))!=null?r:a[0],l=a.indexOf(s),c=Math.max(0,l);n==="ArrowDown"?c++:n==="ArrowUp"?c--:e.key==="Home"?c=0:e.key==="End"&&(c=a.length-1),c<0&&(c=a.length-1),c>a.length-1&&(c=0),U(this,Er,ra).call(this,a[c]),a[c].focus()}};Be=new WeakMap;mt=new WeakMap;Xe=new WeakMap;Zn=new WeakMap;pr=new WeakMap;Ct=new WeakMap;fr=new WeakMap;Os=new WeakSet;Id=function(t){let e=t.target;for(let i of e.assignedNodes({flatten:!0}))i.nodeType===3&&i.textContent.trim()===""&&i.remove();["header","title"].includes(e.name)&&U(this,jn,Gs).call(this),e.name||C(this,ea).call(this)};jn=new WeakSet;Gs=function(){let t=this.shadowRoot.querySelector('slot[name="header"]'),e=this.shadowRoot.querySelector('slot[name="title"]');t.hidden=e.assignedNodes().length===0&&t.assignedNodes().length===0};ea=new WeakMap;Xn=new WeakSet;Us=function(){var t;let e=this.shadowRoot.querySelector("#layout-row"),i=(t=getComputedStyle(this).getPropertyValue("--media-menu-layout"))==null?void 0:t.trim();e.setAttribute("media",i==="row"?"":"width:0")};Ps=new WeakSet;wd=function(t){Ee(this,Xe,t.relatedTarget),ie(this,t.relatedTarget)||(this.hidden=!this.hidden)};Ns=new WeakSet;Ld=function(){var t;(t=C(this,Xe))==null||t.setAttribute("aria-expanded","true"),this.addEventListener("transitionend",()=>this.focus(),{once:!0}),qe(_r(this),C(this,Ei)),qe(this,C(this,fi))};Hs=new WeakSet;Md=function(){var t;(t=C(this,Xe))==null||t.setAttribute("aria-expanded","false"),Ge(_r(this),C(this,Ei)),Ge(this,C(this,fi))};Ei=new WeakMap;fi=new WeakMap;gi=new WeakSet;gr=function(t){if(this.hasAttribute("mediacontroller")&&!this.anchor||this.hidden||!this.anchorElement)return;let{x:e,y:i}=Sd({anchor:this.anchorElement,floating:this,placement:"top-start"});t??(t=this.offsetWidth);let n=_r(this).getBoundingClientRect(),a=n.width-e-t,s=n.height-i-this.offsetHeight,{style:l}=C(this,fr);l.setProperty("position","absolute"),l.setProperty("right",`${Math.max(0,a)}px`),l.setProperty("--_menu-bottom",`${s}px`);let c=getComputedStyle(this),p=l.getPropertyValue("--_menu-bottom")===c.bottom?s:parseFloat(c.bottom),b=n.height-p-parseFloat(c.marginBottom);this.style.setProperty("--_menu-max-height",`${b}px`)};ta=new WeakSet;Ys=function(t){let e=this.querySelector('[role="menuitem"][aria-haspopup][aria-expanded="true"]'),i=e?.querySelector('[role="menu"]'),{style:r}=C(this,fr);if(t||r.setProperty("--media-menu-transition-in","none"),i){let n=i.offsetHeight,a=Math.max(i.offsetWidth,e.offsetWidth);this.style.setProperty("min-width",`${a}px`),this.style.setProperty("min-height",`${n}px`),U(this,gi,gr).call(this,a)}else this.style.removeProperty("min-width"),this.style.removeProperty("min-height"),U(this,gi,gr).call(this);r.removeProperty("--media-menu-transition-in")};Bs=new WeakSet;Rd=function(t){var e;if(t.stopPropagation(),t.composedPath().includes(C(this,Qs,Dd))){(e=C(this,mt))==null||e.focus(),this.hidden=!0;return}let i=U(this,vr,ia).call(this,t);!i||i.hasAttribute("disabled")||(U(this,Er,ra).call(this,i),this.handleSelect(t))};Qs=new WeakSet;Dd=function(){var t;return(t=this.shadowRoot.querySelector('slot[name="header"]').assignedElements({flatten:!0}))==null?void 0:t.find(i=>i.matches('button[part~="back"]'))};Ws=new WeakSet;Cd=function(t){if(t.target===this)return;U(this,zs,xd).call(this);let e=Array.from(this.querySelectorAll('[role="menuitem"][aria-haspopup]'));for(let i of e)i.invokeTargetElement!=t.target&&t.newState=="open"&&i.getAttribute("aria-expanded")=="true"&&!i.invokeTargetElement.hidden&&i.invokeTargetElement.dispatchEvent(new ht({relatedTarget:i}));for(let i of e)i.setAttribute("aria-expanded",`${!i.submenuElement.hidden}`);U(this,ta,Ys).call(this,!0)};zs=new WeakSet;xd=function(){let e=this.querySelector('[role="menuitem"] > [role="menu"]:not([hidden])');this.container.classList.toggle("has-expanded",!!e)};$s=new WeakSet;Od=function(t){var e;ie(this,t.relatedTarget)||(C(this,Ct)&&((e=C(this,mt))==null||e.focus()),C(this,Xe)&&C(this,Xe)!==t.relatedTarget&&!this.hidden&&(this.hidden=!0))};Fs=new WeakSet;Ud=function(t){var e,i,r,n,a;let{key:s,ctrlKey:l,altKey:c,metaKey:u}=t;if(!(l||c||u)&&this.keysUsed.includes(s))if(t.preventDefault(),t.stopPropagation(),s==="Tab"){if(C(this,Ct)){this.hidden=!0;return}t.shiftKey?(i=(e=this.previousElementSibling)==null?void 0:e.focus)==null||i.call(e):(n=(r=this.nextElementSibling)==null?void 0:r.focus)==null||n.call(r),this.blur()}else s==="Escape"?((a=C(this,mt))==null||a.focus(),C(this,Ct)&&(this.hidden=!0)):s==="Enter"||s===" "?this.handleSelect(t):this.handleMove(t)};vr=new WeakSet;ia=function(t){return t.composedPath().find(e=>["menuitemradio","menuitemcheckbox"].includes(e.role))};Vs=new WeakSet;Pd=function(){return this.items.find(t=>t.tabIndex===0)};Er=new WeakSet;ra=function(t){for(let e of this.items)e.tabIndex=e===t?0:-1};Jn=new WeakSet;Ks=function(t,e){let i=[...this.checkedItems];t.type==="radio"&&this.radioGroupItems.forEach(r=>r.checked=!1),e?t.checked=!t.checked:t.checked=!0,this.checkedItems.some((r,n)=>r!=i[n])&&this.dispatchEvent(new Event("change",{bubbles:!0,composed:!0}))};oe.shadowRootOptions={mode:"open"};oe.getTemplateHTML=oh;function lh(t){return["menuitem","menuitemradio","menuitemcheckbox"].includes(t?.role)}function _r(t){var e;return(e=t.getAttribute("bounds")?we(t,`#${t.getAttribute("bounds")}`):Y(t)||t.parentElement)!=null?e:t}d.customElements.get("media-chrome-menu")||d.customElements.define("media-chrome-menu",oe);var eo=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Nd=(t,e,i)=>(eo(t,e,"read from private field"),i?i.call(t):e.get(t)),na=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Zs=(t,e,i,r)=>(eo(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),aa=(t,e,i)=>(eo(t,e,"access private method"),i),br,la,sa,Xs,oa,Js,js=class extends oe{constructor(){super(...arguments),na(this,sa),na(this,oa),na(this,br,[]),na(this,la,void 0)}static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_AUDIO_TRACK_LIST,o.MEDIA_AUDIO_TRACK_ENABLED,o.MEDIA_AUDIO_TRACK_UNAVAILABLE]}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),e===o.MEDIA_AUDIO_TRACK_ENABLED&&i!==r?this.value=r:e===o.MEDIA_AUDIO_TRACK_LIST&&i!==r&&(Zs(this,br,fl(r??"")),aa(this,sa,Xs).call(this))}connectedCallback(){super.connectedCallback(),this.addEventListener("change",aa(this,oa,Js))}disconnectedCallback(){super.disconnectedCallback(),this.removeEventListener("change",aa(this,oa,Js))}get anchorElement(){var e;return this.anchor!=="auto"?super.anchorElement:(e=Y(this))==null?void 0:e.querySelector("media-audio-track-menu-button")}get mediaAudioTrackList(){return Nd(this,br)}set mediaAudioTrackList(e){Zs(this,br,e),aa(this,sa,Xs).call(this)}get mediaAudioTrackEnabled(){var e;return(e=R(this,o.MEDIA_AUDIO_TRACK_ENABLED))!=null?e:""}set mediaAudioTrackEnabled(e){L(this,o.MEDIA_AUDIO_TRACK_ENABLED,e)}};br=new WeakMap;la=new WeakMap;sa=new WeakSet;Xs=function(){if(Nd(this,la)===JSON.stringify(this.mediaAudioTrackList))return;Zs(this,la,JSON.stringify(this.mediaAudioTrackList));let t=this.mediaAudioTrackList;this.defaultSlot.textContent="",t.sort((e,i)=>e.id.localeCompare(i.id,void 0,{numeric:!0}));for(let e of t){let i=this.formatMenuItemText(e.label,e),r=We({type:"radio",text:i,value:`${e.id}`,checked:e.enabled});r.prepend(ye(this,"checked-indicator")),this.defaultSlot.append(r)}};oa=new WeakSet;Js=function(){if(this.value==null)return;let t=new d.CustomEvent(v.MEDIA_AUDIO_TRACK_REQUEST,{composed:!0,bubbles:!0,detail:this.value});this.dispatchEvent(t)};d.customElements.get("media-audio-track-menu")||d.customElements.define("media-audio-track-menu",js);var Ie=class extends q{connectedCallback(){super.connectedCallback(),this.invokeTargetElement&&this.setAttribute("aria-haspopup","menu")}get invokeTarget(){return this.getAttribute("invoketarget")}set invokeTarget(e){this.setAttribute("invoketarget",`${e}`)}get invokeTargetElement(){var e;return this.invokeTarget?(e=gt(this))==null?void 0:e.querySelector(`#${this.invokeTarget}`):null}handleClick(){var e;(e=this.invokeTargetElement)==null||e.dispatchEvent(new ht({relatedTarget:this}))}};d.customElements.get("media-chrome-menu-button")||d.customElements.define("media-chrome-menu-button",Ie);var dh=`<svg aria-hidden="true" viewBox="0 0 24 24">
  <path d="M11 17H9.5V7H11v10Zm-3-3H6.5v-4H8v4Zm6-5h-1.5v6H14V9Zm3 7h-1.5V8H17v8Z"/>
  <path d="M22 12c0 5.523-4.477 10-10 10S2 17.523 2 12 6.477 2 12 2s10 4.477 10 10Zm-2 0a8 8 0 1 0-16 0 8 8 0 0 0 16 0Z"/>
</svg>`;function ch(){return`
    <style>
      :host([aria-expanded="true"]) slot[name=tooltip] {
        display: none;
      }
    </style>
    <slot name="icon">${dh}</slot>
  `}function uh(){return _("Audio")}var Hd=t=>{let e=_("Audio");t.setAttribute("aria-label",e)},Ar=class extends Ie{static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_AUDIO_TRACK_ENABLED,o.MEDIA_AUDIO_TRACK_UNAVAILABLE]}connectedCallback(){super.connectedCallback(),Hd(this)}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),e===o.MEDIA_LANG&&Hd(this)}get invokeTargetElement(){var e;return this.invokeTarget!=null?super.invokeTargetElement:(e=Y(this))==null?void 0:e.querySelector("media-audio-track-menu")}get mediaAudioTrackEnabled(){var e;return(e=R(this,o.MEDIA_AUDIO_TRACK_ENABLED))!=null?e:""}set mediaAudioTrackEnabled(e){L(this,o.MEDIA_AUDIO_TRACK_ENABLED,e)}};Ar.getSlotTemplateHTML=ch;Ar.getTooltipContentHTML=uh;d.customElements.get("media-audio-track-menu-button")||d.customElements.define("media-audio-track-menu-button",Ar);var no=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},hh=(t,e,i)=>(no(t,e,"read from private field"),i?i.call(t):e.get(t)),to=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},mh=(t,e,i,r)=>(no(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),da=(t,e,i)=>(no(t,e,"access private method"),i),ha,ca,io,ua,ro,ph=`
  <svg aria-hidden="true" viewBox="0 0 26 24" part="captions-indicator indicator">
    <path d="M22.83 5.68a2.58 2.58 0 0 0-2.3-2.5c-3.62-.24-11.44-.24-15.06 0a2.58 2.58 0 0 0-2.3 2.5c-.23 4.21-.23 8.43 0 12.64a2.58 2.58 0 0 0 2.3 2.5c3.62.24 11.44.24 15.06 0a2.58 2.58 0 0 0 2.3-2.5c.23-4.21.23-8.43 0-12.64Zm-11.39 9.45a3.07 3.07 0 0 1-1.91.57 3.06 3.06 0 0 1-2.34-1 3.75 3.75 0 0 1-.92-2.67 3.92 3.92 0 0 1 .92-2.77 3.18 3.18 0 0 1 2.43-1 2.94 2.94 0 0 1 2.13.78c.364.359.62.813.74 1.31l-1.43.35a1.49 1.49 0 0 0-1.51-1.17 1.61 1.61 0 0 0-1.29.58 2.79 2.79 0 0 0-.5 1.89 3 3 0 0 0 .49 1.93 1.61 1.61 0 0 0 1.27.58 1.48 1.48 0 0 0 1-.37 2.1 2.1 0 0 0 .59-1.14l1.4.44a3.23 3.23 0 0 1-1.07 1.69Zm7.22 0a3.07 3.07 0 0 1-1.91.57 3.06 3.06 0 0 1-2.34-1 3.75 3.75 0 0 1-.92-2.67 3.88 3.88 0 0 1 .93-2.77 3.14 3.14 0 0 1 2.42-1 3 3 0 0 1 2.16.82 2.8 2.8 0 0 1 .73 1.31l-1.43.35a1.49 1.49 0 0 0-1.51-1.21 1.61 1.61 0 0 0-1.29.58A2.79 2.79 0 0 0 15 12a3 3 0 0 0 .49 1.93 1.61 1.61 0 0 0 1.27.58 1.44 1.44 0 0 0 1-.37 2.1 2.1 0 0 0 .6-1.15l1.4.44a3.17 3.17 0 0 1-1.1 1.7Z"/>
  </svg>`;function vh(t){return`
    ${oe.getTemplateHTML(t)}
    <slot name="captions-indicator" hidden>${ph}</slot>
  `}var ma=class extends oe{constructor(){super(...arguments),to(this,ca),to(this,ua),to(this,ha,void 0)}static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_SUBTITLES_LIST,o.MEDIA_SUBTITLES_SHOWING]}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),e===o.MEDIA_SUBTITLES_LIST&&i!==r?da(this,ca,io).call(this):e===o.MEDIA_SUBTITLES_SHOWING&&i!==r&&(this.value=r||"",da(this,ca,io).call(this))}connectedCallback(){super.connectedCallback(),this.addEventListener("change",da(this,ua,ro))}disconnectedCallback(){super.disconnectedCallback(),this.removeEventListener("change",da(this,ua,ro))}get anchorElement(){return this.anchor!=="auto"?super.anchorElement:Y(this).querySelector("media-captions-menu-button")}get mediaSubtitlesList(){return Bd(this,o.MEDIA_SUBTITLES_LIST)}set mediaSubtitlesList(e){Wd(this,o.MEDIA_SUBTITLES_LIST,e)}get mediaSubtitlesShowing(){return Bd(this,o.MEDIA_SUBTITLES_SHOWING)}set mediaSubtitlesShowing(e){Wd(this,o.MEDIA_SUBTITLES_SHOWING,e)}};ha=new WeakMap;ca=new WeakSet;io=function(){var t;let e=hh(this,ha)!==JSON.stringify(this.mediaSubtitlesList),i=this.value!==this.getAttribute(o.MEDIA_SUBTITLES_SHOWING);if(!e&&!i)return;mh(this,ha,JSON.stringify(this.mediaSubtitlesList)),this.defaultSlot.textContent="";let r=!this.value,n=We({type:"radio",text:this.formatMenuItemText(_("Off")),value:"off",checked:r});n.prepend(ye(this,"checked-indicator")),this.defaultSlot.append(n);let a=this.mediaSubtitlesList;for(let s of a){let l=We({type:"radio",text:this.formatMenuItemText(s.label,s),value:Xr(s),checked:this.value==Xr(s)});l.prepend(ye(this,"checked-indicator")),((t=s.kind)!=null?t:"subs")==="captions"&&l.append(ye(this,"captions-indicator")),this.defaultSlot.append(l)}};ua=new WeakSet;ro=function(){let t=this.mediaSubtitlesShowing,e=this.getAttribute(o.MEDIA_SUBTITLES_SHOWING),i=this.value!==e;if(t?.length&&i&&this.dispatchEvent(new d.CustomEvent(v.MEDIA_DISABLE_SUBTITLES_REQUEST,{composed:!0,bubbles:!0,detail:t})),!this.value||!i)return;let r=new d.CustomEvent(v.MEDIA_SHOW_SUBTITLES_REQUEST,{composed:!0,bubbles:!0,detail:this.value});this.dispatchEvent(r)};ma.getTemplateHTML=vh;var Bd=(t,e)=>{let i=t.getAttribute(e);return i?Vi(i):[]},Wd=(t,e,i)=>{if(!i?.length){t.removeAttribute(e);return}let r=St(i);t.getAttribute(e)!==r&&t.setAttribute(e,r)};d.customElements.get("media-captions-menu")||d.customElements.define("media-captions-menu",ma);var Eh=`<svg aria-hidden="true" viewBox="0 0 26 24">
  <path d="M22.83 5.68a2.58 2.58 0 0 0-2.3-2.5c-3.62-.24-11.44-.24-15.06 0a2.58 2.58 0 0 0-2.3 2.5c-.23 4.21-.23 8.43 0 12.64a2.58 2.58 0 0 0 2.3 2.5c3.62.24 11.44.24 15.06 0a2.58 2.58 0 0 0 2.3-2.5c.23-4.21.23-8.43 0-12.64Zm-11.39 9.45a3.07 3.07 0 0 1-1.91.57 3.06 3.06 0 0 1-2.34-1 3.75 3.75 0 0 1-.92-2.67 3.92 3.92 0 0 1 .92-2.77 3.18 3.18 0 0 1 2.43-1 2.94 2.94 0 0 1 2.13.78c.364.359.62.813.74 1.31l-1.43.35a1.49 1.49 0 0 0-1.51-1.17 1.61 1.61 0 0 0-1.29.58 2.79 2.79 0 0 0-.5 1.89 3 3 0 0 0 .49 1.93 1.61 1.61 0 0 0 1.27.58 1.48 1.48 0 0 0 1-.37 2.1 2.1 0 0 0 .59-1.14l1.4.44a3.23 3.23 0 0 1-1.07 1.69Zm7.22 0a3.07 3.07 0 0 1-1.91.57 3.06 3.06 0 0 1-2.34-1 3.75 3.75 0 0 1-.92-2.67 3.88 3.88 0 0 1 .93-2.77 3.14 3.14 0 0 1 2.42-1 3 3 0 0 1 2.16.82 2.8 2.8 0 0 1 .73 1.31l-1.43.35a1.49 1.49 0 0 0-1.51-1.21 1.61 1.61 0 0 0-1.29.58A2.79 2.79 0 0 0 15 12a3 3 0 0 0 .49 1.93 1.61 1.61 0 0 0 1.27.58 1.44 1.44 0 0 0 1-.37 2.1 2.1 0 0 0 .6-1.15l1.4.44a3.17 3.17 0 0 1-1.1 1.7Z"/>
</svg>`,fh=`<svg aria-hidden="true" viewBox="0 0 26 24">
  <path d="M17.73 14.09a1.4 1.4 0 0 1-1 .37 1.579 1.579 0 0 1-1.27-.58A3 3 0 0 1 15 12a2.8 2.8 0 0 1 .5-1.85 1.63 1.63 0 0 1 1.29-.57 1.47 1.47 0 0 1 1.51 1.2l1.43-.34A2.89 2.89 0 0 0 19 9.07a3 3 0 0 0-2.14-.78 3.14 3.14 0 0 0-2.42 1 3.91 3.91 0 0 0-.93 2.78 3.74 3.74 0 0 0 .92 2.66 3.07 3.07 0 0 0 2.34 1 3.07 3.07 0 0 0 1.91-.57 3.17 3.17 0 0 0 1.07-1.74l-1.4-.45c-.083.43-.3.822-.62 1.12Zm-7.22 0a1.43 1.43 0 0 1-1 .37 1.58 1.58 0 0 1-1.27-.58A3 3 0 0 1 7.76 12a2.8 2.8 0 0 1 .5-1.85 1.63 1.63 0 0 1 1.29-.57 1.47 1.47 0 0 1 1.51 1.2l1.43-.34a2.81 2.81 0 0 0-.74-1.32 2.94 2.94 0 0 0-2.13-.78 3.18 3.18 0 0 0-2.43 1 4 4 0 0 0-.92 2.78 3.74 3.74 0 0 0 .92 2.66 3.07 3.07 0 0 0 2.34 1 3.07 3.07 0 0 0 1.91-.57 3.23 3.23 0 0 0 1.07-1.74l-1.4-.45a2.06 2.06 0 0 1-.6 1.07Zm12.32-8.41a2.59 2.59 0 0 0-2.3-2.51C18.72 3.05 15.86 3 13 3c-2.86 0-5.72.05-7.53.17a2.59 2.59 0 0 0-2.3 2.51c-.23 4.207-.23 8.423 0 12.63a2.57 2.57 0 0 0 2.3 2.5c1.81.13 4.67.19 7.53.19 2.86 0 5.72-.06 7.53-.19a2.57 2.57 0 0 0 2.3-2.5c.23-4.207.23-8.423 0-12.63Zm-1.49 12.53a1.11 1.11 0 0 1-.91 1.11c-1.67.11-4.45.18-7.43.18-2.98 0-5.76-.07-7.43-.18a1.11 1.11 0 0 1-.91-1.11c-.21-4.14-.21-8.29 0-12.43a1.11 1.11 0 0 1 .91-1.11C7.24 4.56 10 4.49 13 4.49s5.76.07 7.43.18a1.11 1.11 0 0 1 .91 1.11c.21 4.14.21 8.29 0 12.43Z"/>
</svg>`;function gh(){return`
    <style>
      :host([data-captions-enabled="true"]) slot[name=off] {
        display: none !important;
      }

      
      :host(:not([data-captions-enabled="true"])) slot[name=on] {
        display: none !important;
      }

      :host([aria-expanded="true"]) slot[name=tooltip] {
        display: none;
      }
    </style>

    <slot name="icon">
      <slot name="on">${Eh}</slot>
      <slot name="off">${fh}</slot>
    </slot>
  `}function _h(){return _("Captions")}var $d=t=>{t.setAttribute("data-captions-enabled",bl(t).toString())},Fd=t=>{t.setAttribute("aria-label",_("closed captions"))},Tr=class extends Ie{static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_SUBTITLES_LIST,o.MEDIA_SUBTITLES_SHOWING,o.MEDIA_LANG]}connectedCallback(){super.connectedCallback(),Fd(this),$d(this)}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),e===o.MEDIA_SUBTITLES_SHOWING?$d(this):e===o.MEDIA_LANG&&Fd(this)}get invokeTargetElement(){var e;return this.invokeTarget!=null?super.invokeTargetElement:(e=Y(this))==null?void 0:e.querySelector("media-captions-menu")}get mediaSubtitlesList(){return Vd(this,o.MEDIA_SUBTITLES_LIST)}set mediaSubtitlesList(e){Kd(this,o.MEDIA_SUBTITLES_LIST,e)}get mediaSubtitlesShowing(){return Vd(this,o.MEDIA_SUBTITLES_SHOWING)}set mediaSubtitlesShowing(e){Kd(this,o.MEDIA_SUBTITLES_SHOWING,e)}};Tr.getSlotTemplateHTML=gh;Tr.getTooltipContentHTML=_h;var Vd=(t,e)=>{let i=t.getAttribute(e);return i?Vi(i):[]},Kd=(t,e,i)=>{if(!i?.length){t.removeAttribute(e);return}let r=St(i);t.getAttribute(e)!==r&&t.setAttribute(e,r)};d.customElements.get("media-captions-menu-button")||d.customElements.define("media-captions-menu-button",Tr);var bh=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},_i=(t,e,i)=>(bh(t,e,"read from private field"),i?i.call(t):e.get(t)),Ah=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},pt,ao={RATES:"rates"},so=[1,1.2,1.5,1.7,2],xt=1;function $e(t){return Math.round(t*100)/100}function Th(t){return`
    <style>
      :host {
        min-width: 5ch;
        padding: var(--media-button-padding, var(--media-control-padding, 10px 5px));
      }
    </style>
    <slot name="icon">${t.mediaplaybackrate?$e(+t.mediaplaybackrate):xt}x</slot>
  `}function kh(){return _("Playback rate")}var kr=class extends q{constructor(){var e;super(),Ah(this,pt,new st(this,ao.RATES,{defaultValue:so})),this.container=this.shadowRoot.querySelector('slot[name="icon"]'),this.container.innerHTML=`${$e((e=this.mediaPlaybackRate)!=null?e:xt)}x`}static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_PLAYBACK_RATE,ao.RATES]}attributeChangedCallback(e,i,r){if(super.attributeChangedCallback(e,i,r),e===ao.RATES&&(_i(this,pt).value=r),e===o.MEDIA_PLAYBACK_RATE){let n=r?+r:Number.NaN,a=$e(Number.isNaN(n)?xt:n);this.container.innerHTML=`${a}x`,this.setAttribute("aria-label",_("Playback rate {playbackRate}",{playbackRate:a}))}}get rates(){return _i(this,pt)}set rates(e){e?Array.isArray(e)?_i(this,pt).value=e.join(" "):typeof e=="string"&&(_i(this,pt).value=e):_i(this,pt).value=""}get mediaPlaybackRate(){return $(this,o.MEDIA_PLAYBACK_RATE,xt)}set mediaPlaybackRate(e){F(this,o.MEDIA_PLAYBACK_RATE,e)}handleClick(){var e,i;let r=Array.from(_i(this,pt).values(),s=>+s).sort((s,l)=>s-l),n=(i=(e=r.find(s=>s>this.mediaPlaybackRate))!=null?e:r[0])!=null?i:xt,a=new d.CustomEvent(v.MEDIA_PLAYBACK_RATE_REQUEST,{composed:!0,bubbles:!0,detail:n});this.dispatchEvent(a)}};pt=new WeakMap;kr.getSlotTemplateHTML=Th;kr.getTooltipContentHTML=kh;d.customElements.get("media-playback-rate-button")||d.customElements.define("media-playback-rate-button",kr);var qd=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Ai=(t,e,i)=>(qd(t,e,"read from private field"),i?i.call(t):e.get(t)),oo=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},bi=(t,e,i)=>(qd(t,e,"access private method"),i),vt,Ti,Sr,pa,co,lo={RATES:"rates"},uo=class extends oe{constructor(){super(),oo(this,Ti),oo(this,pa),oo(this,vt,new st(this,lo.RATES,{defaultValue:so})),bi(this,Ti,Sr).call(this)}static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_PLAYBACK_RATE,lo.RATES]}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),e===o.MEDIA_PLAYBACK_RATE&&i!=r?(this.value=r,bi(this,Ti,Sr).call(this)):e===lo.RATES&&i!=r&&(Ai(this,vt).value=r,bi(this,Ti,Sr).call(this))}connectedCallback(){super.connectedCallback(),this.addEventListener("change",bi(this,pa,co))}disconnectedCallback(){super.disconnectedCallback(),this.removeEventListener("change",bi(this,pa,co))}get anchorElement(){return this.anchor!=="auto"?super.anchorElement:Y(this).querySelector("media-playback-rate-menu-button")}get rates(){return Ai(this,vt)}set rates(e){e?Array.isArray(e)?Ai(this,vt).value=e.join(" "):typeof e=="string"&&(Ai(this,vt).value=e):Ai(this,vt).value="",bi(this,Ti,Sr).call(this)}get mediaPlaybackRate(){return $(this,o.MEDIA_PLAYBACK_RATE,xt)}set mediaPlaybackRate(e){F(this,o.MEDIA_PLAYBACK_RATE,e)}};vt=new WeakMap;Ti=new WeakSet;Sr=function(){this.defaultSlot.textContent="";let t=$e(this.mediaPlaybackRate),e=new Set(Array.from(Ai(this,vt)).map(r=>$e(Number(r))));t>0&&!e.has(t)&&e.add(t);let i=Array.from(e).sort((r,n)=>r-n);for(let r of i){let n=We({type:"radio",text:this.formatMenuItemText(`${r}x`,r),value:r.toString(),checked:t===r});n.prepend(ye(this,"checked-indicator")),this.defaultSlot.append(n)}};pa=new WeakSet;co=function(){if(!this.value)return;let t=new d.CustomEvent(v.MEDIA_PLAYBACK_RATE_REQUEST,{composed:!0,bubbles:!0,detail:this.value});this.dispatchEvent(t)};d.customElements.get("media-playback-rate-menu")||d.customElements.define("media-playback-rate-menu",uo);var va=1;function Sh(t){return`
    <style>
      :host {
        min-width: 5ch;
        padding: var(--media-button-padding, var(--media-control-padding, 10px 5px));
      }

      :host([aria-expanded="true"]) slot {
        display: block;
      }

      :host([aria-expanded="true"]) slot[name=tooltip] {
        display: none;
      }
    </style>
    <slot name="icon">${t.mediaplaybackrate?$e(+t.mediaplaybackrate):va}x</slot>
  `}function yh(){return _("Playback rate")}var yr=class extends Ie{static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_PLAYBACK_RATE]}constructor(){var e;super(),this.container=this.shadowRoot.querySelector('slot[name="icon"]'),this.container.innerHTML=`${$e((e=this.mediaPlaybackRate)!=null?e:va)}x`}attributeChangedCallback(e,i,r){if(super.attributeChangedCallback(e,i,r),e===o.MEDIA_PLAYBACK_RATE){let n=r?+r:Number.NaN,a=$e(Number.isNaN(n)?va:n);this.container.innerHTML=`${a}x`,this.setAttribute("aria-label",_("Playback rate {playbackRate}",{playbackRate:a}))}}get invokeTargetElement(){return this.invokeTarget!=null?super.invokeTargetElement:Y(this).querySelector("media-playback-rate-menu")}get mediaPlaybackRate(){return $(this,o.MEDIA_PLAYBACK_RATE,va)}set mediaPlaybackRate(e){F(this,o.MEDIA_PLAYBACK_RATE,e)}};yr.getSlotTemplateHTML=Sh;yr.getTooltipContentHTML=yh;d.customElements.get("media-playback-rate-menu-button")||d.customElements.define("media-playback-rate-menu-button",yr);var po=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Je=(t,e,i)=>(po(t,e,"read from private field"),i?i.call(t):e.get(t)),Ea=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Gd=(t,e,i,r)=>(po(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),ki=(t,e,i)=>(po(t,e,"access private method"),i),Ir,Fe,Si,wr,fa,ho,mo=class extends oe{constructor(){super(...arguments),Ea(this,Si),Ea(this,fa),Ea(this,Ir,[]),Ea(this,Fe,{})}static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_RENDITION_LIST,o.MEDIA_RENDITION_SELECTED,o.MEDIA_RENDITION_UNAVAILABLE,o.MEDIA_HEIGHT,o.MEDIA_WIDTH]}static formatMenuItemText(e,i){return super.formatMenuItemText(e,i)}static formatRendition(e,{showBitrate:i=!1}={}){let r=`${Math.min(e.width,e.height)}p`;if(i&&e.bitrate){let n=e.bitrate/1e6,a=`${n.toFixed(n<1?1:0)} Mbps`;return`${r} (${a})`}return this.formatMenuItemText(r,e)}static compareRendition(e,i){var r,n;return i.height===e.height?((r=i.bitrate)!=null?r:0)-((n=e.bitrate)!=null?n:0):i.height-e.height}attributeChangedCallback(e,i,r){if(super.attributeChangedCallback(e,i,r),i!==r)switch(e){case o.MEDIA_RENDITION_SELECTED:this.value=r??"auto",ki(this,Si,wr).call(this);break;case o.MEDIA_RENDITION_LIST:Gd(this,Ir,vl(r)),ki(this,Si,wr).call(this);break;case o.MEDIA_HEIGHT:case o.MEDIA_WIDTH:ki(this,Si,wr).call(this);break}}connectedCallback(){super.connectedCallback(),this.addEventListener("change",ki(this,fa,ho))}disconnectedCallback(){super.disconnectedCallback(),this.removeEventListener("change",ki(this,fa,ho))}get anchorElement(){return this.anchor!=="auto"?super.anchorElement:Y(this).querySelector("media-rendition-menu-button")}get mediaRenditionList(){return Je(this,Ir)}set mediaRenditionList(e){Gd(this,Ir,e),ki(this,Si,wr).call(this)}get mediaRenditionSelected(){return R(this,o.MEDIA_RENDITION_SELECTED)}set mediaRenditionSelected(e){L(this,o.MEDIA_RENDITION_SELECTED,e)}get mediaHeight(){return $(this,o.MEDIA_HEIGHT)}set mediaHeight(e){F(this,o.MEDIA_HEIGHT,e)}get mediaWidth(){return $(this,o.MEDIA_WIDTH)}set mediaWidth(e){F(this,o.MEDIA_WIDTH,e)}compareRendition(e,i){return this.constructor.compareRendition(e,i)}formatMenuItemText(e,i){return this.constructor.formatMenuItemText(e,i)}formatRendition(e,i){return this.constructor.formatRendition(e,i)}showRenditionBitrate(e){return this.mediaRenditionList.some(i=>i!==e&&i.height===e.height&&i.bitrate!==e.bitrate)}};Ir=new WeakMap;Fe=new WeakMap;Si=new WeakSet;wr=function(){let t=!this.mediaRenditionSelected;if(Je(this,Fe).mediaRenditionList===JSON.stringify(this.mediaRenditionList)&&Je(this,Fe).mediaHeight===this.mediaHeight&&Je(this,Fe).mediaWidth===this.mediaWidth&&Je(this,Fe).isAuto===t)return;Je(this,Fe).mediaRenditionList=JSON.stringify(this.mediaRenditionList),Je(this,Fe).mediaHeight=this.mediaHeight,Je(this,Fe).mediaWidth=this.mediaWidth,Je(this,Fe).isAuto=t;let e=this.mediaRenditionList.sort(this.compareRendition.bind(this)),i=e.find(s=>s.id===this.mediaRenditionSelected);for(let s of e)s.selected=s===i;this.defaultSlot.textContent="";for(let s of e){let l=this.formatRendition(s,{showBitrate:this.showRenditionBitrate(s)}),c=We({type:"radio",text:l,value:`${s.id}`,checked:s.selected&&!t});c.prepend(ye(this,"checked-indicator")),this.defaultSlot.append(c)}let r=i&&this.showRenditionBitrate(i),n;t&&(i?n=this.formatMenuItemText(`${_("Auto")} \u2022 ${this.formatRendition(i,{showBitrate:r})}`,i):this.mediaHeight>0&&this.mediaWidth>0&&(n=this.formatMenuItemText(`${_("Auto")} (${Math.min(this.mediaWidth,this.mediaHeight)}p)`))),n||(n=this.formatMenuItemText(_("Auto")));let a=We({type:"radio",text:n,value:"auto",checked:t});a.dataset.description=n,a.prepend(ye(this,"checked-indicator")),this.defaultSlot.append(a)};fa=new WeakSet;ho=function(){if(this.value==null)return;let t=new d.CustomEvent(v.MEDIA_RENDITION_REQUEST,{composed:!0,bubbles:!0,detail:this.value});this.dispatchEvent(t)};d.customElements.get("media-rendition-menu")||d.customElements.define("media-rendition-menu",mo);var Ih=`<svg aria-hidden="true" viewBox="0 0 24 24">
  <path d="M13.5 2.5h2v6h-2v-2h-11v-2h11v-2Zm4 2h4v2h-4v-2Zm-12 4h2v6h-2v-2h-3v-2h3v-2Zm4 2h12v2h-12v-2Zm1 4h2v6h-2v-2h-8v-2h8v-2Zm4 2h7v2h-7v-2Z" />
</svg>`;function wh(){return`
    <style>
      :host([aria-expanded="true"]) slot[name=tooltip] {
        display: none;
      }
    </style>
    <slot name="icon">${Ih}</slot>
  `}function Lh(){return _("Quality")}var Lr=class extends Ie{static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_RENDITION_SELECTED,o.MEDIA_RENDITION_UNAVAILABLE,o.MEDIA_HEIGHT]}connectedCallback(){super.connectedCallback(),this.setAttribute("aria-label",_("quality"))}get invokeTargetElement(){return this.invokeTarget!=null?super.invokeTargetElement:Y(this).querySelector("media-rendition-menu")}get mediaRenditionSelected(){return R(this,o.MEDIA_RENDITION_SELECTED)}set mediaRenditionSelected(e){L(this,o.MEDIA_RENDITION_SELECTED,e)}get mediaHeight(){return $(this,o.MEDIA_HEIGHT)}set mediaHeight(e){F(this,o.MEDIA_HEIGHT,e)}};Lr.getSlotTemplateHTML=wh;Lr.getTooltipContentHTML=Lh;d.customElements.get("media-rendition-menu-button")||d.customElements.define("media-rendition-menu-button",Lr);var Mh=["abort","canplay","canplaythrough","durationchange","emptied","encrypted","ended","error","loadeddata","loadedmetadata","loadstart","pause","play","playing","progress","ratechange","seeked","seeking","stalled","suspend","timeupdate","volumechange","waiting","waitingforkey","resize","enterpictureinpicture","leavepictureinpicture","webkitbeginfullscreen","webkitendfullscreen","webkitpresentationmodechanged"],Yd=["autopictureinpicture","disablepictureinpicture","disableremoteplayback","autoplay","controls","controlslist","crossorigin","loop","muted","playsinline","poster","preload","src"];function Rh(t){return`
    <style>
      :host {
        display: inline-flex;
        line-height: 0;
        flex-direction: column;
        justify-content: end;
      }

      audio {
        width: 100%;
      }
    </style>
    <slot name="media">
      <audio${zd(t)}></audio>
    </slot>
    <slot></slot>
  `}function Dh(t){return`
    <style>
      :host {
        display: inline-block;
        line-height: 0;
      }

      video {
        max-width: 100%;
        max-height: 100%;
        min-width: 100%;
        min-height: 100%;
        object-fit: var(--media-object-fit, contain);
        object-position: var(--media-object-position, 50% 50%);
      }

      video::-webkit-media-text-track-container {
        transform: var(--media-webkit-text-track-transform);
        transition: var(--media-webkit-text-track-transition);
      }
    </style>
    <slot name="media">
      <video${zd(t)}></video>
    </slot>
    <slot></slot>
  `}function Qd(t,{tag:e,is:i}){let r=globalThis.document?.createElement?.(e,{is:i}),n=r?Ch(r):[];return class Eo extends t{static getTemplateHTML=e.endsWith("audio")?Rh:Dh;static shadowRootOptions={mode:"open"};static Events=Mh;static#e=!1;static get observedAttributes(){return Eo.#t(),[...r?.constructor?.observedAttributes??[],...Yd]}static#t(){if(this.#e)return;this.#e=!0;let s=new Set(this.observedAttributes);s.delete("muted");for(let l of n)if(!(l in this.prototype))if(typeof r[l]=="function")this.prototype[l]=function(...c){return this.#s(),this.call?this.call(l,...c):this.nativeEl?.[l]?.apply(this.nativeEl,c)};else{let c={get(){this.#s();let u=l.toLowerCase();if(s.has(u)){let p=this.getAttribute(u);return p===null?!1:p===""?!0:p}return this.get?.(l)??this.nativeEl?.[l]}};l!==l.toUpperCase()&&(c.set=function(u){this.#s();let p=l.toLowerCase();if(s.has(p)){u===!0||u===!1||u==null?this.toggleAttribute(p,!!u):this.setAttribute(p,u);return}if(this.set){this.set(l,u);return}this.nativeEl&&(this.nativeEl[l]=u)}),Object.defineProperty(this.prototype,l,c)}}#i=!1;#r=null;#n=new Map;#o;#a;get;set;call;get nativeEl(){return this.#s(),this.#r??this.querySelector(":scope > [slot=media]")??this.querySelector(e)??this.shadowRoot?.querySelector(e)??null}set nativeEl(s){this.#r=s}get defaultMuted(){return this.hasAttribute("muted")}set defaultMuted(s){this.toggleAttribute("muted",s)}get src(){return this.getAttribute("src")}set src(s){this.setAttribute("src",`${s}`)}get preload(){return this.getAttribute("preload")??this.nativeEl?.preload}set preload(s){this.setAttribute("preload",`${s}`)}#s(){this.#i||(this.#i=!0,this.init())}init(){if(!this.shadowRoot){this.attachShadow({mode:"open"});let s=xh(this.attributes);i&&(s.is=i),e&&(s.part=e),this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(s)}this.nativeEl.muted=this.hasAttribute("muted");for(let s of n)this.#h(s);this.#l()}#l(){this.#o=new MutationObserver(this.#u.bind(this)),this.#a=()=>this.#d(),this.shadowRoot?.addEventListener("slotchange",this.#a),this.#d();for(let s of this.constructor.Events)this.shadowRoot?.addEventListener(s,this,!0)}handleEvent(s){s.target===this.nativeEl&&this.dispatchEvent(new CustomEvent(s.type,{detail:s.detail}))}#d(){let s=new Map(this.#n);(this.shadowRoot?.querySelector("slot:not([name])")?.assignedElements({flatten:!0}).filter(u=>["track","source"].includes(u.localName))).forEach(u=>{s.delete(u);let p=this.#n.get(u);p||(p=u.cloneNode(),this.#n.set(u,p),this.#o?.observe(u,{attributes:!0})),this.nativeEl?.append(p),this.#c(p)}),s.forEach((u,p)=>{u.remove(),this.#n.delete(p)})}#u(s){for(let l of s)if(l.type==="attributes"){let{target:c,attributeName:u}=l,p=this.#n.get(c);p&&u&&(p.setAttribute(u,c.getAttribute(u)??""),this.#c(p))}}#c(s){s&&s.localName==="track"&&s.default&&(s.kind==="chapters"||s.kind==="metadata")&&s.track.mode==="disabled"&&(s.track.mode="hidden")}#h(s){if(Object.prototype.hasOwnProperty.call(this,s)){let l=this[s];delete this[s],this[s]=l}}attributeChangedCallback(s,l,c){this.#s(),this.#m(s,l,c)}#m(s,l,c){["id","class"].includes(s)||!Eo.observedAttributes.includes(s)&&this.constructor.observedAttributes.includes(s)||(c===null?this.nativeEl?.removeAttribute(s):this.nativeEl?.getAttribute(s)!==c&&this.nativeEl?.setAttribute(s,c))}connectedCallback(){this.#s(),this.#a||this.#l()}disconnectedCallback(){this.#o?.disconnect(),this.#o=void 0,this.#a&&(this.shadowRoot?.removeEventListener("slotchange",this.#a),this.#a=void 0);for(let s of this.constructor.Events)this.shadowRoot?.removeEventListener(s,this,!0);this.#n.forEach(s=>s.remove()),this.#n.clear(),this.#r=null}}}function Ch(t){let e=[];for(let i=Object.getPrototypeOf(t);i&&i!==HTMLElement.prototype;i=Object.getPrototypeOf(i)){let r=Object.getOwnPropertyNames(i);e.push(...r)}return e}function zd(t){let e="";for(let i in t){if(!Yd.includes(i))continue;let r=t[i];r===""?e+=` ${vo(i)}`:e+=` ${vo(i)}="${vo(`${r}`)}"`}return e}function vo(t){return t.replace(/&/g,"&amp;").replace(/</g,"&lt;").replace(/>/g,"&gt;").replace(/"/g,"&quot;").replace(/'/g,"&apos;").replace(/`/g,"&#x60;")}function xh(t){let e={};for(let i of t)e[i.name]=i.value;return e}var Zd=Qd(globalThis.HTMLElement??class{},{tag:"video"}),Tf=Qd(globalThis.HTMLElement??class{},{tag:"audio"});var je=class extends Event{track;constructor(e,i){super(e),this.track=i.track}};var fo=new WeakMap;function E(t){return fo.get(t)??Oh(t,{})}function Oh(t,e){let i=fo.get(t);return i||fo.set(t,i={}),Object.assign(i,e)}function ga(t,e){let i=t.videoTracks;E(e).media=new WeakRef(t),E(e).renditionSet||(E(e).renditionSet=new Set);let r=E(i).trackSet;r.add(e);let n=r.size-1;n in Ot.prototype||Object.defineProperty(Ot.prototype,n,{get(){return[...E(this).trackSet][n]}}),queueMicrotask(()=>{i.dispatchEvent(new je("addtrack",{track:e}))})}function _a(t){let e=E(t).media?.deref()?.videoTracks;if(!e)return;E(e).trackSet.delete(t),queueMicrotask(()=>{e.dispatchEvent(new je("removetrack",{track:t}))})}function Xd(t){let e=E(t).media?.deref()?.videoTracks??[],i=!1;for(let r of e)r!==t&&(r.selected=!1,i=!0);if(i){if(E(e).changeRequested)return;E(e).changeRequested=!0,queueMicrotask(()=>{delete E(e).changeRequested,e.dispatchEvent(new Event("change"))})}}var Ot=class extends EventTarget{#e;#t;#i;constructor(){super(),E(this).trackSet=new Set}get#r(){return E(this).trackSet}[Symbol.iterator](){return this.#r.values()}get length(){return this.#r.size}getTrackById(e){return[...this.#r].find(i=>i.id===e)??null}get selectedIndex(){return[...this.#r].findIndex(e=>e.selected)}get onaddtrack(){return this.#e}set onaddtrack(e){this.#e&&(this.removeEventListener("addtrack",this.#e),this.#e=void 0),typeof e=="function"&&(this.#e=e,this.addEventListener("addtrack",e))}get onremovetrack(){return this.#t}set onremovetrack(e){this.#t&&(this.removeEventListener("removetrack",this.#t),this.#t=void 0),typeof e=="function"&&(this.#t=e,this.addEventListener("removetrack",e))}get onchange(){return this.#i}set onchange(e){this.#i&&(this.removeEventListener("change",this.#i),this.#i=void 0),typeof e=="function"&&(this.#i=e,this.addEventListener("change",e))}};var et=class extends Event{rendition;constructor(e,i){super(e),this.rendition=i.rendition}};function Jd(t,e){let i=E(t).media?.deref()?.videoRenditions;E(e).media=E(t).media,E(e).track=t;let r=E(t).renditionSet;r.add(e);let n=r.size-1;n in Ut.prototype||Object.defineProperty(Ut.prototype,n,{get(){return yi(this)[n]}}),queueMicrotask(()=>{!i||!t.selected||i.dispatchEvent(new et("addrendition",{rendition:e}))})}function jd(t){let e=E(t).media?.deref()?.videoRenditions,i=E(t).track;E(i).renditionSet.delete(t),queueMicrotask(()=>{let n=E(t).track;!e||!n.selected||e.dispatchEvent(new et("removerendition",{rendition:t}))})}function ec(t){let e=E(t).media?.deref()?.videoRenditions;!e||E(e).changeRequested||(E(e).changeRequested=!0,queueMicrotask(()=>{delete E(e).changeRequested,E(t).track.selected&&e.dispatchEvent(new Event("change"))}))}function yi(t){let e=E(t).media?.deref();return e?[...e.videoTracks].filter(i=>i.selected).flatMap(i=>[...E(i).renditionSet]):[]}var Ut=class extends EventTarget{#e;#t;#i;[Symbol.iterator](){return yi(this).values()}get length(){return yi(this).length}getRenditionById(e){return yi(this).find(i=>`${i.id}`==`${e}`)??null}get selectedIndex(){return yi(this).findIndex(e=>e.selected)}set selectedIndex(e){for(let[i,r]of yi(this).entries())r.selected=i===e}get onaddrendition(){return this.#e}set onaddrendition(e){this.#e&&(this.removeEventListener("addrendition",this.#e),this.#e=void 0),typeof e=="function"&&(this.#e=e,this.addEventListener("addrendition",e))}get onremoverendition(){return this.#t}set onremoverendition(e){this.#t&&(this.removeEventListener("removerendition",this.#t),this.#t=void 0),typeof e=="function"&&(this.#t=e,this.addEventListener("removerendition",e))}get onchange(){return this.#i}set onchange(e){this.#i&&(this.removeEventListener("change",this.#i),this.#i=void 0),typeof e=="function"&&(this.#i=e,this.addEventListener("change",e))}};var Mr=class{src;id;width;height;bitrate;frameRate;codec;#e=!1;get selected(){return this.#e}set selected(e){this.#e!==e&&(this.#e=e,ec(this))}};var Ii=class{id;kind;label="";language="";sourceBuffer;#e=!1;addRendition(e,i,r,n,a,s){let l=new Mr;return l.src=e,l.width=i,l.height=r,l.frameRate=s,l.bitrate=a,l.codec=n,Jd(this,l),l}removeRendition(e){jd(e)}get selected(){return this.#e}set selected(e){this.#e!==e&&(this.#e=e,e===!0&&Xd(this))}};function tc(t,e){let i=E(t).media?.deref()?.audioRenditions;E(e).media=E(t).media,E(e).track=t;let r=E(t).renditionSet;r.add(e);let n=r.size-1;n in Pt.prototype||Object.defineProperty(Pt.prototype,n,{get(){return wi(this)[n]}}),queueMicrotask(()=>{!i||!t.enabled||i.dispatchEvent(new et("addrendition",{rendition:e}))})}function ic(t){let e=E(t).media?.deref()?.audioRenditions,i=E(t).track;E(i).renditionSet.delete(t),queueMicrotask(()=>{let n=E(t).track;!e||!n.enabled||e.dispatchEvent(new et("removerendition",{rendition:t}))})}function rc(t){let e=E(t).media?.deref()?.audioRenditions;!e||E(e).changeRequested||(E(e).changeRequested=!0,queueMicrotask(()=>{delete E(e).changeRequested,E(t).track.enabled&&e.dispatchEvent(new Event("change"))}))}function wi(t){let e=E(t).media?.deref();return e?[...e.audioTracks].filter(i=>i.enabled).flatMap(i=>[...E(i).renditionSet]):[]}var Pt=class extends EventTarget{#e;#t;#i;[Symbol.iterator](){return wi(this).values()}get length(){return wi(this).length}getRenditionById(e){return wi(this).find(i=>`${i.id}`==`${e}`)??null}get selectedIndex(){return wi(this).findIndex(e=>e.selected)}set selectedIndex(e){for(let[i,r]of wi(this).entries())r.selected=i===e}get onaddrendition(){return this.#e}set onaddrendition(e){this.#e&&(this.removeEventListener("addrendition",this.#e),this.#e=void 0),typeof e=="function"&&(this.#e=e,this.addEventListener("addrendition",e))}get onremoverendition(){return this.#t}set onremoverendition(e){this.#t&&(this.removeEventListener("removerendition",this.#t),this.#t=void 0),typeof e=="function"&&(this.#t=e,this.addEventListener("removerendition",e))}get onchange(){return this.#i}set onchange(e){this.#i&&(this.removeEventListener("change",this.#i),this.#i=void 0),typeof e=="function"&&(this.#i=e,this.addEventListener("change",e))}};var Rr=class{src;id;bitrate;codec;#e=!1;get selected(){return this.#e}set selected(e){this.#e!==e&&(this.#e=e,rc(this))}};function ba(t,e){let i=t.audioTracks;E(e).media=new WeakRef(t),E(e).renditionSet||(E(e).renditionSet=new Set);let r=E(i).trackSet;r.add(e);let n=r.size-1;n in Nt.prototype||Object.defineProperty(Nt.prototype,n,{get(){return[...E(this).trackSet][n]}}),queueMicrotask(()=>{i.dispatchEvent(new je("addtrack",{track:e}))})}function Aa(t){let e=E(t).media?.deref()?.audioTracks;if(!e)return;E(e).trackSet.delete(t),queueMicrotask(()=>{e.dispatchEvent(new je("removetrack",{track:t}))})}function nc(t){let e=E(t).media?.deref()?.audioTracks;!e||E(e).changeRequested||(E(e).changeRequested=!0,queueMicrotask(()=>{delete E(e).changeRequested,e.dispatchEvent(new Event("change"))}))}var Nt=class extends EventTarget{#e;#t;#i;constructor(){super(),E(this).trackSet=new Set}get#r(){return E(this).trackSet}[Symbol.iterator](){return this.#r.values()}get length(){return this.#r.size}getTrackById(e){return[...this.#r].find(i=>i.id===e)??null}get onaddtrack(){return this.#e}set onaddtrack(e){this.#e&&(this.removeEventListener("addtrack",this.#e),this.#e=void 0),typeof e=="function"&&(this.#e=e,this.addEventListener("addtrack",e))}get onremovetrack(){return this.#t}set onremovetrack(e){this.#t&&(this.removeEventListener("removetrack",this.#t),this.#t=void 0),typeof e=="function"&&(this.#t=e,this.addEventListener("removetrack",e))}get onchange(){return this.#i}set onchange(e){this.#i&&(this.removeEventListener("change",this.#i),this.#i=void 0),typeof e=="function"&&(this.#i=e,this.addEventListener("change",e))}};var Li=class{id;kind;label="";language="";sourceBuffer;#e=!1;addRendition(e,i,r){let n=new Rr;return n.src=e,n.codec=i,n.bitrate=r,tc(this,n),n}removeRendition(e){ic(e)}get enabled(){return this.#e}set enabled(e){this.#e!==e&&(this.#e=e,nc(this))}};var ac=Ta(globalThis.HTMLMediaElement,"video"),sc=Ta(globalThis.HTMLMediaElement,"audio");function oc(t){if(!t?.prototype)return t;let e=Ta(t,"video");(!e||`${e}`.includes("[native code]"))&&Object.defineProperty(t.prototype,"videoTracks",{get(){return Uh(this)}});let i=Ta(t,"audio");(!i||`${i}`.includes("[native code]"))&&Object.defineProperty(t.prototype,"audioTracks",{get(){return Ph(this)}}),"addVideoTrack"in t.prototype||(t.prototype.addVideoTrack=function(a,s="",l=""){let c=new Ii;return c.kind=a,c.label=s,c.language=l,ga(this,c),c}),"removeVideoTrack"in t.prototype||(t.prototype.removeVideoTrack=_a),"addAudioTrack"in t.prototype||(t.prototype.addAudioTrack=function(a,s="",l=""){let c=new Li;return c.kind=a,c.label=s,c.language=l,ba(this,c),c}),"removeAudioTrack"in t.prototype||(t.prototype.removeAudioTrack=Aa),"videoRenditions"in t.prototype||Object.defineProperty(t.prototype,"videoRenditions",{get(){return r(this)}});let r=a=>{let s=E(a).videoRenditions;return s||(s=new Ut,E(s).media=new WeakRef(a),E(a).videoRenditions=s),s};"audioRenditions"in t.prototype||Object.defineProperty(t.prototype,"audioRenditions",{get(){return n(this)}});let n=a=>{let s=E(a).audioRenditions;return s||(s=new Pt,E(s).media=new WeakRef(a),E(a).audioRenditions=s),s};return t}function Ta(t,e){if(t?.prototype)return Object.getOwnPropertyDescriptor(t.prototype,`${e}Tracks`)?.get}function Uh(t){let e=E(t).videoTracks;if(!e&&(e=new Ot,E(t).videoTracks=e,ac)){let i=ac.call(t.nativeEl??t);for(let s of i)ga(t,s);let r=()=>{e.dispatchEvent(new Event("change"))},n=s=>{if([...e].some(l=>l instanceof Ii)){for(let l of i)_a(l);return}ga(t,s.track)},a=s=>{_a(s.track)};i.addEventListener("change",r),i.addEventListener("addtrack",n),i.addEventListener("removetrack",a)}return e}function Ph(t){let e=E(t).audioTracks;if(!e&&(e=new Nt,E(t).audioTracks=e,sc)){let i=sc.call(t.nativeEl??t);for(let s of i)ba(t,s);let r=()=>{e.dispatchEvent(new Event("change"))},n=s=>{if([...e].some(l=>l instanceof Li)){for(let l of i)Aa(l);return}ba(t,s.track)},a=s=>{Aa(s.track)};i.addEventListener("change",r),i.addEventListener("addtrack",n),i.addEventListener("removetrack",a)}return e}import fe from"./hls.mjs";var Nh=t=>class extends t{static shadowRootOptions={...t.shadowRootOptions};static getTemplateHTML=(i,r={})=>{let{src:n,...a}=i;return`
        <script type="application/json" id="config">
          ${JSON.stringify(r.config||{})}
        <\/script>
        ${t.getTemplateHTML(a)}
      `};#e=null;#t=null;constructor(){super(),this.#n("config")}get config(){return this.#t}set config(i){this.#t=i}attributeChangedCallback(i,r,n){i!=="src"&&super.attributeChangedCallback(i,r,n),i==="src"&&r!=n&&this.load()}#i(){var i,r;(i=this.#e)==null||i.remove(),(r=this.nativeEl)==null||r.removeEventListener("webkitcurrentplaybacktargetiswirelesschanged",this.#r),this.api&&(this.api.detachMedia(),this.api.destroy(),this.api=null)}async load(){var i,r;let n=!this.api;if(this.#i(),!!this.src){if(n&&!this.#t&&(this.#t=JSON.parse(((i=this.shadowRoot.getElementById("config"))==null?void 0:i.textContent)||"{}")),fe.isSupported()){switch(await Promise.resolve(),this.api=new fe({liveDurationInfinity:!0,autoStartLoad:!1,...this.config}),this.api.loadSource(this.src),this.api.attachMedia(this.nativeEl),this.nativeEl.preload){case"none":{let u=()=>this.api.startLoad();this.nativeEl.addEventListener("play",u,{once:!0}),this.api.on(fe.Events.DESTROYING,()=>{this.nativeEl.removeEventListener("play",u)});break}case"metadata":{let u=this.api.config.maxBufferLength,p=this.api.config.maxBufferSize;this.api.config.maxBufferLength=1,this.api.config.maxBufferSize=1;let b=()=>{this.api.config.maxBufferLength=u,this.api.config.maxBufferSize=p};this.nativeEl.addEventListener("play",b,{once:!0}),this.api.on(fe.Events.DESTROYING,()=>{this.nativeEl.removeEventListener("play",b)}),this.api.startLoad();break}default:this.api.startLoad()}this.nativeEl.webkitCurrentPlaybackTargetIsWireless&&this.api.stopLoad(),this.nativeEl.addEventListener("webkitcurrentplaybacktargetiswirelesschanged",this.#r),this.#e=document.createElement("source"),this.#e.setAttribute("type","application/x-mpegURL"),this.#e.setAttribute("src",this.src),this.nativeEl.disableRemotePlayback=!1,this.nativeEl.append(this.#e);let a=new WeakMap;this.api.on(fe.Events.MANIFEST_PARSED,(u,p)=>{this.nativeEl.autoplay&&this.nativeEl.paused&&this.nativeEl.play().catch(f=>{console.warn("Autoplay failed:",f)}),c();let b=this.videoTracks.getTrackById("main");b||(b=this.addVideoTrack("main"),b.id="main",b.selected=!0);for(let[f,m]of p.levels.entries()){let k=b.addRendition(m.url[0],m.width,m.height,m.videoCodec,m.bitrate);a.set(m,`${f}`),k.id=`${f}`}for(let[f,m]of p.audioTracks.entries()){let k=m.default?"main":"alternative",A=this.addAudioTrack(k,m.name,m.lang);A.id=`${f}`,m.default&&(A.enabled=!0)}}),this.audioTracks.addEventListener("change",()=>{var u;let p=+((u=[...this.audioTracks].find(f=>f.enabled))==null?void 0:u.id),b=this.api.audioTracks.map(f=>f.id);p!=this.api.audioTrack&&b.includes(p)&&(this.api.audioTrack=p)}),this.api.on(fe.Events.LEVELS_UPDATED,(u,p)=>{let b=this.videoTracks[this.videoTracks.selectedIndex??0];if(!b)return;let f=p.levels.map(m=>a.get(m));for(let m of this.videoRenditions)m.id&&!f.includes(m.id)&&b.removeRendition(m)});let s=null;this.api.on(fe.Events.ERROR,(u,p)=>{p.type===fe.ErrorTypes.NETWORK_ERROR&&p.details===fe.ErrorDetails.FRAG_LOAD_ERROR&&(s=p.frag.level)}),this.api.on(fe.Events.LEVEL_SWITCHED,(u,p)=>{let b=p.level;s!==null&&b<s&&(console.warn(`\u26A0\uFE0F hls.js downgraded quality from level ${s} to ${b} due to fragment load failure.`),this.videoRenditions.selectedIndex=b,s=null)});let l=u=>{let p=u.target.selectedIndex;p!=this.api.nextLevel&&(this.api.nextLevel=p)};(r=this.videoRenditions)==null||r.addEventListener("change",l);let c=()=>{for(let u of this.videoTracks)this.removeVideoTrack(u);for(let u of this.audioTracks)this.removeAudioTrack(u)};this.api.once(fe.Events.DESTROYING,c);return}await Promise.resolve(),this.nativeEl.canPlayType("application/vnd.apple.mpegurl")&&(this.nativeEl.src=this.src)}}#r=()=>{var i,r,n;(i=this.nativeEl)!=null&&i.webkitCurrentPlaybackTargetIsWireless?(r=this.api)==null||r.stopLoad():(n=this.api)==null||n.startLoad()};#n(i){if(Object.prototype.hasOwnProperty.call(this,i)){let r=this[i];delete this[i],this[i]=r}}},lc=Nh(oc(Zd));globalThis.customElements&&!globalThis.customElements.get("hls-video")&&globalThis.customElements.define("hls-video",lc);export{fe as Hls,lc as HlsVideoElement,Tc as addTranslation,La as setLanguage};
